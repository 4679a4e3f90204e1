import assert from 'node:assert/strict';
import { Desk, documented, editorLab, FILES } from '../support/editors.js';
import { describeWith } from '../support/needing.js';

// eglot 1.9 is sent its diagnostics; without a screen nothing is idle, so the script asks for what a pause would bring.
const SCRIPT = `
(require 'eglot)
(require 'json)
(setq eglot-sync-connect 20 eglot-autoshutdown nil eglot-send-changes-idle-time 0.05 eglot-confirm-server-initiated-edits nil
      make-backup-files nil create-lockfiles nil inhibit-message t)
(defvar result nil)
(defun note (key value) (push (cons key value) result))
(defun wait-for (what done)
  (let ((end (+ (float-time) 20)))
    (while (not (funcall done))
      (when (> (float-time) end) (error "%s did not come" what))
      (accept-process-output nil 0.1)
      (when (bound-and-true-p eglot--managed-mode)
        (eglot--signal-textDocument/didChange)
        (flymake-start)))))
(defun codes ()
  (mapcar (lambda (found) (format "%s" (flymake-diagnostic-text found))) (flymake-diagnostics)))
(defun main ()
  (find-file (expand-file-name "~/prosody/prosody.cfg.lua"))
  (unless (eglot-current-server) (apply #'eglot (eglot--guess-contact)))
  (wait-for "a finding" (lambda () (flymake-diagnostics)))
  (note "findings" (vconcat (codes)))
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_ table &rest _) (let ((all (all-completions "" table))) (note "offered" (length all)) (car all)))))
    (let ((found (car (flymake-diagnostics))))
      (eglot-code-actions (flymake-diagnostic-beg found) (flymake-diagnostic-end found) "quickfix" t)))
  (wait-for "the fix" (lambda () (string-match-p "meet.example.com\\"," (buffer-string))))
  (note "fixed" (buffer-string))
  (save-buffer)
  (find-file (expand-file-name "~/prosody/conf.d/meet.cfg.lua"))
  ;; without version control every folder is a project, and has a server
  (unless (eglot-current-server) (apply #'eglot (eglot--guess-contact)))
  (wait-for "the server" #'eglot-managed-p)
  (goto-char (point-min)) (search-forward "authent\\n") (backward-char)
  (let ((answer (eglot-completion-at-point)))
    (note "menu" (vconcat (all-completions (buffer-substring (nth 0 answer) (nth 1 answer)) (nth 2 answer)))))
  (delete-region (line-beginning-position) (line-end-position))
  (eglot--signal-textDocument/didChange)
  (goto-char (point-min)) (search-forward "meet.")
  (eglot-rename "talk.example.org")
  (note "renamed" (vector (buffer-string) (with-current-buffer "prosody.cfg.lua" (buffer-string)))))
(condition-case problem (main) (error (note "problem" (error-message-string problem))))
(with-temp-file (expand-file-name "~/result.json") (insert (json-encode result)))
(kill-emacs)
`;

describeWith('Emacs with eglot', editorLab('/usr/bin/emacs'), ({ program }) => {
  let desk: Desk;
  let result: Readonly<Record<string, unknown>>;

  before(async function () {
    this.timeout(90_000);
    desk = new Desk({ ...FILES, 'init.el': documented('emacs'), 'script.el': SCRIPT });
    result = await desk.run(program, [
      '--batch',
      '--no-init-file',
      '--eval',
      '(package-initialize)',
      '-l',
      'init.el',
      '-l',
      'script.el',
    ]);
    assert.equal(result.problem, undefined, JSON.stringify(result));
  });

  after(() => desk?.remove());

  it('shows the findings of the server', () => {
    assert.ok(
      (result.findings as string[]).some(text => /comma|,/.test(text)),
      JSON.stringify(result.findings),
    );
  });

  it('applies a fix', () => assert.match(String(result.fixed), /"a@meet\.example\.com",\n/));

  it('completes an option', () => {
    assert.ok(
      (result.menu as string[]).some(item => item.startsWith('authentication')),
      JSON.stringify(result.menu),
    );
  });

  it('renames a host in all files', () => {
    const [meet, main] = result.renamed as string[];
    assert.match(meet!, /^VirtualHost "talk\.example\.org"/);
    assert.match(main!, /"a@talk\.example\.org",/);
  });
});
