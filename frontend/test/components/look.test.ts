import { LitElement } from "lit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LookMaker } from "../../src/components/look.js";
import { createText, NO_TEXT } from "../../src/i18n/languages.js";
import { MockConnection, mockHass } from "../ha/mock-hass.js";

vi.mock("../../src/i18n/languages.js", { spy: true });

class Host extends LitElement {
  looks = new LookMaker(this);

  protected override willUpdate(): void {
    this.looks.follow(hass);
  }
}
customElements.define("hp-look-host", Host);

const hass = mockHass(new MockConnection());

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

it("asks again for texts that did not come, while there is somebody to read them", async () => {
  vi.mocked(createText).mockResolvedValue(NO_TEXT);
  const host = new Host();
  document.body.append(host);
  await vi.advanceTimersByTimeAsync(0);
  expect(host.looks.look?.text("panel.title")).toBe("panel.title");
  host.remove();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(createText).toHaveBeenCalledOnce();
  vi.mocked(createText).mockReset();
  document.body.append(host);
  host.requestUpdate();
  await vi.waitFor(() => {
    expect(host.looks.look?.text("panel.title")).toBe("Heat pump");
  });
});

it("has them by itself once they come", async () => {
  vi.mocked(createText).mockResolvedValueOnce(NO_TEXT);
  const host = new Host();
  document.body.append(host);
  await vi.advanceTimersByTimeAsync(5_000);
  await vi.waitFor(() => {
    expect(host.looks.look?.text("panel.title")).toBe("Heat pump");
  });
});

it("writes the numbers of sentences as the user writes numbers", async () => {
  const host = new Host();
  document.body.append(host);
  await vi.waitFor(() => {
    expect(host.looks.look?.text("kpi.starts", { count: 5055 })).toBe(
      "5,055 starts"
    );
  });
});
