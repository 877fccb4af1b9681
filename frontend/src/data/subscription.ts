/**
 * One subscription for as long as it is wanted: over lost connections, and also where it is stopped
 * before Home Assistant has confirmed it.
 */
import type { Connection, Message, Unsubscribe } from "../ha/types.js";

/**
 * Calls back until the returned function is called; nothing arrives after that, nor after an error.
 *
 * After a lost connection it is begun anew here and not by Home Assistant: what that does not get
 * again keeps its old number, and to end it would end whatever has that number by then.
 */
export const subscribe = (
  connection: Connection,
  message: Message,
  onResult: (result: unknown) => void,
  onError: (error: unknown) => void
): (() => void) => {
  let stopped = false;
  let unsubscribe: Unsubscribe | undefined;
  const end = () => {
    void Promise.resolve(unsubscribe?.()).catch(() => undefined);
  };
  const begin = () => {
    connection
      .subscribeMessage(
        (result) => {
          if (!stopped) onResult(result);
        },
        message,
        { resubscribe: false }
      )
      .then((confirmed) => {
        unsubscribe = confirmed;
        if (stopped) end();
      })
      .catch((error: unknown) => {
        if (stopped) return;
        stop();
        onError(error);
      });
  };
  const lost = () => {
    // The connection has ended it on the other side.
    unsubscribe = undefined;
  };
  const stop = () => {
    if (stopped) return;
    stopped = true;
    connection.removeEventListener("ready", begin);
    connection.removeEventListener("disconnected", lost);
    end();
  };
  connection.addEventListener("ready", begin);
  connection.addEventListener("disconnected", lost);
  // What is asked without a connection is never answered.
  if (connection.connected) begin();
  return stop;
};

const code = "connection_lost";

/** What a subscription begins with, and no more of it; it fails with the connection. */
export const firstOf = async (
  connection: Connection,
  message: Message
): Promise<unknown> => {
  let lost = (): void => undefined;
  let stop = lost;
  try {
    return await new Promise((resolve, reject) => {
      lost = () => {
        reject(Object.assign(new Error(code), { code }));
      };
      connection.addEventListener("disconnected", lost);
      stop = subscribe(connection, message, resolve, reject);
      if (!connection.connected) lost();
    });
  } finally {
    connection.removeEventListener("disconnected", lost);
    stop();
  }
};
