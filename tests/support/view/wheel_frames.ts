import type { Page } from "npm:playwright-core@1.65.1";

/** What a browser drew while the wheel turned. */
export interface WheelFrames {
  readonly framesPerSecond: number;
  /** The longest time between two frames in milliseconds. */
  readonly longestMs: number;
  /** How far the page scrolled in pixels. */
  readonly scrolled: number;
  /** The number of frames in which the middle of the window showed no item. */
  readonly blank: number;
}

/** How long the wheel turns, and how far with each event, of which there are 60 a second. */
const TURN_MS = 3_000;
const STEP = 100;

/**
 * Turns the wheel by real events, through the DevTools protocol, and counts the frames that the page's
 * thread draws.
 *
 * @param item A selector of what the list consists of.
 */
export async function wheelFrames(
  page: Page,
  item: string,
): Promise<WheelFrames> {
  const client = await page.context().newCDPSession(page);
  await page.locator(item).first().scrollIntoViewIfNeeded();
  await page.evaluate(`(() => {
    const state = window.wheel = { times: [], blank: 0, isOver: false, from: scrollY };
    const frame = (at) => {
      state.times.push(at);
      const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      if (!middle?.closest(${
    JSON.stringify(item)
  }) && !middle?.closest(".grid-row")) state.blank++;
      if (!state.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })()`);
  const endMs = performance.now() + TURN_MS;
  const sent: Promise<unknown>[] = [];
  while (performance.now() < endMs) {
    sent.push(client.send("Input.dispatchMouseEvent", {
      type: "mouseWheel",
      x: 400,
      y: 500,
      deltaX: 0,
      deltaY: STEP,
    }));
    await new Promise((resolve) => setTimeout(resolve, 1000 / 60));
  }
  await Promise.all(sent);
  const { times, blank, scrolled } = await page.evaluate<
    { times: number[]; blank: number; scrolled: number }
  >(`(() => {
    wheel.isOver = true;
    return { times: wheel.times, blank: wheel.blank, scrolled: scrollY - wheel.from };
  })()`);
  await client.detach();
  const gaps = times.slice(1).map((at, place) => at - times[place]!);
  return {
    framesPerSecond: 1000 * gaps.length / (times.at(-1)! - times[0]!),
    longestMs: Math.max(...gaps),
    scrolled,
    blank,
  };
}
