import * as lsp from 'vscode-languageserver-protocol';

// What the server sends: parameters by method, results by method with "=" in front.
export interface Messages {
  'textDocument/publishDiagnostics': lsp.PublishDiagnosticsParams;
  'window/logMessage': lsp.LogMessageParams;
  'window/showMessage': lsp.ShowMessageParams;
  'window/workDoneProgress/create': lsp.WorkDoneProgressCreateParams;
  '$/progress': { token: lsp.ProgressToken; value: lsp.WorkDoneProgressBegin | lsp.WorkDoneProgressReport | lsp.WorkDoneProgressEnd };
  'client/registerCapability': lsp.RegistrationParams;
  'workspace/configuration': lsp.ConfigurationParams;
  'workspace/diagnostic/refresh': null;
  '=initialize': lsp.InitializeResult;
  '=shutdown': null;
  '=textDocument/hover': lsp.Hover | null;
  '=textDocument/codeAction': (lsp.Command | lsp.CodeAction)[] | null;
  '=textDocument/documentLink': lsp.DocumentLink[] | null;
  '=textDocument/diagnostic': lsp.DocumentDiagnosticReport;
  '=workspace/diagnostic': lsp.WorkspaceDiagnosticReport;
  '=workspace/executeCommand': unknown;
}
