;;; Emacs with lsp-mode: a finding is seen, edited away and back, and an action is applied.
(setq load-prefer-newer t)
(package-initialize)
(setq lsp-auto-guess-root t
      lsp-enable-snippet nil
      lsp-warn-no-matched-clients nil
      lsp-diagnostics-provider :none
      lsp-idle-delay 0.01
      lsp-restart 'ignore
      lsp-keep-workspace-alive nil
      lsp-session-file (concat (getenv "HOME") "/session")
      python-indent-guess-indent-offset nil)
(require 'lsp-mode)
(setq lsp-client-packages nil)
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (list (getenv "TRAINLINT") "lsp"))
                  :activation-fn (lsp-activate-on "python")
                  :server-id 'trainlint))

(defun say (form &rest arguments) (princ (concat (apply #'format form arguments) "\n")))

(defun found () (gethash (lsp--fix-path-casing (file-truename buffer-file-name)) (lsp-diagnostics t)))

(defun wait (count)
  (let ((begin (float-time)))
    (while (and (/= count (length (found))) (< (- (float-time) begin) 10))
      (accept-process-output nil 0.02)))
  (dolist (each (append (found) nil))
    (let* ((range (lsp:diagnostic-range each))
           (begin (lsp:range-start range)))
      (say "%d:%d-%d %s %s" (lsp:position-line begin) (lsp:position-character begin)
           (lsp:position-character (lsp:range-end range)) (lsp:diagnostic-code? each)
           (lsp:diagnostic-message each))))
  (say (if (= count (length (found))) "%d seen" "not seen") count))

(find-file (file-truename (concat (getenv "FOLDER") "/trainer/task.py")))
(python-mode)
(lsp-workspace-folders-add (file-truename (getenv "FOLDER")))
(lsp)
(wait 1)
(goto-char (point-min))
(forward-line 1)
(insert "from trainer ")
(wait 0)
(delete-char -13)
(wait 1)
(forward-char 8)
(dolist (action (append (lsp-code-actions-at-point) nil))
  (say "action: %s" (lsp:code-action-title action))
  (when (string-prefix-p "Ignore" (lsp:code-action-title action))
    (lsp--apply-workspace-edit (lsp:code-action-edit? action))))
(wait 0)
(goto-char (point-min))
(forward-line 1)
(say "%s" (buffer-substring (point) (line-end-position)))
(set-buffer-modified-p nil)
(let ((workspace (car (lsp-workspaces))))
  (lsp-workspace-shutdown workspace)
  (let ((begin (float-time)))
    (while (and (process-live-p (lsp--workspace-proc workspace)) (< (- (float-time) begin) 10))
      (accept-process-output nil 0.02)))
  (say "stopped %s" (not (process-live-p (lsp--workspace-proc workspace)))))
