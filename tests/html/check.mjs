// Looks at pages of `gtr report --format html` in headless Chromium.
//
//   node check.mjs MODULES PICTURES PAGE…
//
// MODULES is a node_modules directory with playwright-core and axe-core; PICTURES a directory for screenshots, or `-`.
// Of every page, at the width of a phone and of a desk, light and dark: axe finds no violation, nothing is wider than
// the screen, nothing is requested but the page itself, nothing runs, the policy refuses nothing, and the filter filters.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const [modules, pictures, ...pages] = process.argv.slice(2);
const load = createRequire(join(resolve(modules), "x.js"));
const { chromium } = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: flags });

// every request that leaves a page ends here or is seen by the browser's own events
let asked = [];
let served = "";
const server = createServer((request, response) => {
  asked.push(request.url);
  response.writeHead(200, { "content-type": request.url === "/page" ? "text/html; charset=utf-8" : "image/svg+xml" });
  response.end(request.url === "/page" ? served : "<svg/>");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/page`;

const problems = [];
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

for (const path of pages) {
  const problem = (text) => problems.push(`${path}: ${text}`);
  served = readFileSync(path, "utf8");
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport, colorScheme });
      const page = await context.newPage();
      const requests = [];
      asked = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("dialog", (dialog) => { problem(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
      page.on("console", (message) => problem(`the console says ${message.text()}`));
      page.on("pageerror", (error) => problem(`an error: ${error}`));
      await page.goto(address);
      // everything that is folded too, which is when pictures would be fetched
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
      await page.evaluate(async () => { window.scrollTo(0, document.body.scrollHeight); await new Promise((next) => setTimeout(next, 200)); window.scrollTo(0, 0); });

      const others = [...requests, ...asked].filter((url) => url !== address && url !== "/page" && url !== "/favicon.ico");
      if (others.length) problem(`requested ${others.join(" ")}`);
      const state = await page.evaluate(() => ({
        ran: Boolean(window.ran),
        active: document.querySelectorAll("script,iframe,object,embed,img,video,audio,form,link,base,[style]").length,
        handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((attribute) => attribute.name.startsWith("on"))).length,
        links: [...document.links].map((link) => link.protocol).filter((scheme) => !["https:", "http:", "mailto:"].includes(scheme)),
        wide: document.documentElement.scrollWidth - window.innerWidth,
        styled: getComputedStyle(document.querySelector("main")).marginTop === "0px" && getComputedStyle(document.body).marginTop === "0px",
      }));
      if (state.ran || state.active || state.handlers || state.links.length) problem(`something is active: ${JSON.stringify(state)}`);
      if (!state.styled) problem("the style sheet was refused");
      if (state.wide > 0) problem(`${state.wide} pixels too wide (${size})`);

      if (pictures !== "-" && colorScheme === "light") {
        mkdirSync(pictures, { recursive: true });
        const name = join(pictures, `${basename(path, ".html")}-${size}`);
        await page.screenshot({ path: `${name}.png` });
        await page.evaluate(() => document.querySelector("#questions")?.scrollIntoView());
        await page.screenshot({ path: `${name}-questions.png` });
      }
      await filters(page, problem);
      await context.close();
      await look(viewport, colorScheme, problem, size);
    }
  }
}

// A keyboard chooses a state, and only questions of that state stay.
async function filters(page, problem) {
  const all = await page.locator(".q").count();
  if (all === 0) return;
  await page.locator("#show-all").focus();
  await page.keyboard.press("ArrowRight");
  const left = await page.locator(".q:visible").count();
  const wanted = await page.locator(".q.answered").count();
  if (left !== wanted) problem(`the filter shows ${left} of ${all}, not ${wanted}`);
}

// axe has to run in the page, which its policy forbids: in a context of its own that ignores policies.
async function look(viewport, colorScheme, problem, size) {
  const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of result.violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)} ${node.failureSummary?.slice(0, 300)}`);
    problem(`axe (${size}, ${colorScheme}): ${violation.id}, ${violation.nodes.length} times: ${nodes.join(" | ")}`);
  }
  await context.close();
}

await browser.close();
server.close();
console.log(problems.length ? problems.join("\n") : `${pages.length} pages looked at, nothing found`);
process.exitCode = problems.length ? 1 : 0;
