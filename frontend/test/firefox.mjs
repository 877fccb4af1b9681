/**
 * The panel's main path in a stock Firefox, over WebDriver BiDi. Prints what it found as JSON:
 * `node test/firefox.mjs <Firefox> <address of the panel> <picture>`
 */
import puppeteer from "puppeteer-core";

const [, , executablePath, address, picture] = process.argv;
const VIEWS = [
  "sankey",
  "cop",
  "runtime",
  "temperature",
  "performance",
  "power",
  "valve",
];
/** How long anything may take. Only a failure takes as long. */
const TIMEOUT = 180_000;
const PLAIN = 3;
/** Anywhere, shadow or not. */
const DEEP = "home-assistant >>>";

const colours = (view) => {
  const seen = new Set();
  for (const canvas of view.querySelectorAll("canvas")) {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    for (let i = 0; i < data.length; i += 4 * 7) {
      if (data[i + 3]) {
        seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      }
    }
  }
  return seen.size;
};

const pause = () => new Promise((resolve) => setTimeout(resolve, 500));

/**
 * The login leads to other pages and back, in the midst of which nothing is to be found. Home
 * Assistant complains of what its page still loads when one leaves: that is said before the empty
 * page is there, to which nobody listens.
 */
const logIn = async (page) => {
  const connected = () =>
    document.querySelector("home-assistant")?.hass?.connection?.connected;
  const last = Date.now() + TIMEOUT;
  await page.goto(new URL("/profile", address).href);
  while (Date.now() < last) {
    if (await page.evaluate(connected).catch(() => false)) {
      await page.goto("about:blank");
      return;
    }
    await pause();
  }
  throw new Error("Home Assistant did not connect");
};

const watch = (page) => {
  const errors = [];
  const foreign = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(http|ws)s?:$/.test(protocol) && hostname !== "127.0.0.1") {
      foreign.push(request.url());
    }
  });
  return { errors, foreign };
};

/** What comes above a view may move it out of sight again, where no chart is drawn. */
const ready = async (page, view) => {
  const root = await page.waitForSelector(`${DEEP} [data-view="${view}"]`);
  const last = Date.now() + TIMEOUT;
  while (Date.now() < last) {
    const state = await root.evaluate((element) => {
      element.scrollIntoView();
      return element.dataset.state;
    });
    if (state === "ready") return root;
    await pause();
  }
  throw new Error(`${view} is not ready`);
};

/** The latest value there is once it is as wanted, or when there is no more time. */
const eventually = async (read, isWanted) => {
  const last = Date.now() + TIMEOUT;
  let value = await read();
  while (!isWanted(value) && Date.now() < last) {
    await pause();
    value = await read();
  }
  return value;
};

const painted = async (page) => {
  const counts = {};
  for (const view of VIEWS) {
    const root = await ready(page, view);
    counts[view] = await eventually(
      () => root.evaluate(colours),
      (count) => count > PLAIN
    );
  }
  return counts;
};

const press = async (page, selector) => {
  const element = await page.waitForSelector(`${DEEP} ${selector}`);
  await element.evaluate((button) => {
    button.scrollIntoView({ block: "center" });
  });
  await element.click();
  return element;
};

const chosen = (page, range) =>
  page.waitForSelector(
    `${DEEP} button[data-range="${range}"][aria-pressed="true"]`
  );

const walk = async (page) => {
  await page.goto(`${address}?pump=thermia&range=24h`);
  const day = await painted(page);
  await page.screenshot({ path: picture });
  await press(page, 'button[data-range="6h"]');
  await chosen(page, "6h");
  const hours = await painted(page);
  const { href } = new URL(page.url());
  const entry = await press(page, '[data-series="supply_temp"]');
  const hidden = await eventually(
    () => entry.evaluate((button) => button.ariaPressed),
    (pressed) => pressed === "false"
  );
  await press(page, "hp-kpi-card >>> hp-explain >>> button");
  const dialog = await page.waitForSelector(
    `${DEEP} hp-explain >>> [role=dialog]`
  );
  const explanation = await dialog.evaluate((element) => element.textContent);
  await page.keyboard.press("Escape");
  await press(page, "hp-app-bar >>> hp-menu >>> button");
  await page.waitForSelector(`${DEEP} hp-app-bar >>> [data-key="readings"]`);
  await page.goBack();
  const chip = await chosen(page, "24h");
  return { day, hours, href, hidden, explanation, back: chip !== null };
};

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  timeout: TIMEOUT,
  protocolTimeout: TIMEOUT,
  defaultViewport: { width: 1440, height: 900 },
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT);
  await logIn(page);
  const watched = watch(page);
  const found = await walk(page);
  console.log(JSON.stringify({ ...found, ...watched }));
} finally {
  await browser.close();
}
