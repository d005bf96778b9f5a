const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

exports.activate = async () => {
  const command = vscode.workspace.getConfiguration('trainlint').get('path');
  client = new LanguageClient('trainlint', 'trainlint', { command, args: ['lsp'] }, {
    documentSelector: [{ scheme: 'file' }],
    synchronize: { configurationSection: 'trainlint' },
  });
  await client.start();
};

exports.deactivate = () => client && client.stop();
