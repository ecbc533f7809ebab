// @ts-check
// Starts `gtr lsp` and lets VS Code talk to it. Everything else is the server's.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

async function start() {
  const command = vscode.workspace.getConfiguration("gtr").get("path", "gtr");
  client = new LanguageClient(
    "gtr",
    "gtr",
    { command, args: ["lsp"] },
    {
      documentSelector: [
        // not what a comparison with git shows
        { scheme: "file", language: "markdown" },
        { scheme: "untitled", language: "markdown" },
        { scheme: "file", pattern: "**/kep.yaml" },
        { scheme: "file", pattern: "**/prod-readiness/**/*.yaml" },
        { scheme: "file", pattern: "**/{gtr,.gtr}.yaml" },
      ],
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    const settings = "Open settings";
    const chosen = await vscode.window.showErrorMessage(
      `\`${command} lsp\` does not start: ${reason}. Install gtr, or set gtr.path.`,
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "gtr.path");
    }
  }
}

async function stop() {
  const ending = client;
  client = undefined;
  await ending?.stop();
}

async function restart() {
  await stop();
  await start();
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("gtr.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("gtr.path")) {
        await restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
