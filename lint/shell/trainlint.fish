# Completion of trainlint for fish.

set -l commands check submit explain rules graph dump config hook lsp audit
set -l none "not __fish_seen_subcommand_from $commands"
set -l linting "not __fish_seen_subcommand_from submit explain rules graph dump config lsp audit"
set -l settable "not __fish_seen_subcommand_from submit explain rules graph dump lsp"
set -l configurable "not __fish_seen_subcommand_from submit explain rules graph dump"
set -l started "not __fish_seen_subcommand_from submit explain rules config lsp audit"
set -l reports "text concise json jsonl lsp sarif github gitlab junit rdjson"

function __trainlint_names
    trainlint rules 2>/dev/null | string replace -r '^(\S+) +(\S+) .*' '$1\n$2' | sort -u
end

complete -c trainlint -n $none -a check -d 'lint packages (the default)'
complete -c trainlint -n $none -a submit -d 'check what gcloud would upload, and run it'
complete -c trainlint -n "__fish_seen_subcommand_from submit" -l dry-run -d 'do not run the command'
complete -c trainlint -n "__fish_seen_subcommand_from submit" -l fail-on -x -a "error warning advice" -d 'least severity at which gcloud is not started'
complete -c trainlint -n $none -a explain -d 'what a rule finds, why, and examples'
complete -c trainlint -n $none -a rules -d 'all rules, one a line'
complete -c trainlint -n $none -a graph -d 'the import graph of a package'
complete -c trainlint -n $none -a dump -d 'the result of a stage'
complete -c trainlint -n $none -a config -d 'the settings in force, or their JSON schema'
complete -c trainlint -n $none -a hook -d 'lint the packages that hold the given files'
complete -c trainlint -n $none -a audit -d 'lint all packages and archives of a list'
complete -c trainlint -n "__fish_seen_subcommand_from audit" -l records -r -d 'add the lines to a file'
complete -c trainlint -n "__fish_seen_subcommand_from audit" -l shard -x -d 'every N-th from the I-th on'
complete -c trainlint -n "__fish_seen_subcommand_from audit" -l resume -d 'pass over what is recorded'
complete -c trainlint -n $none -a lsp -d 'the language server, for editors'
complete -c trainlint -n "__fish_seen_subcommand_from lsp" -l stdio -d 'messages on stdin and stdout'
complete -c trainlint -n $none -l version -d 'the version'
complete -c trainlint -l help -d 'describe the options'

complete -c trainlint -n $linting -l format -x -a $reports -d 'the report on stdout'
complete -c trainlint -n $linting -l output -r -d 'also write a report: FORMAT=FILE'
complete -c trainlint -n "__fish_seen_subcommand_from graph" -l format -x -a "dot mermaid json"
complete -c trainlint -n "__fish_seen_subcommand_from rules" -l format -x -a "text json"
complete -c trainlint -n "not __fish_seen_subcommand_from rules graph dump config lsp audit" -l color -x -a "auto always never" -d colours
complete -c trainlint -n "$linting; and not __fish_seen_subcommand_from hook" -l statistics -d 'how often each rule was found'
complete -c trainlint -n "$linting; and not __fish_seen_subcommand_from hook" -l stdin-filename -r -d 'the file whose text is on stdin'
complete -c trainlint -n "$linting; and not __fish_seen_subcommand_from hook" -l show-files -d 'what would be linted'
complete -c trainlint -n "$linting; and not __fish_seen_subcommand_from hook" -l fix -d 'make the safe changes'
complete -c trainlint -n "$linting; and not __fish_seen_subcommand_from hook" -l diff -d 'show the changes as a patch'
complete -c trainlint -n "$linting; and not __fish_seen_subcommand_from hook" -l unsafe-fixes -d 'the other changes as well'
complete -c trainlint -n "__fish_seen_subcommand_from hook" -l git -d 'the files that git says have changed'
complete -c trainlint -n "__fish_seen_subcommand_from explain" -f -a "(__trainlint_names)"
complete -c trainlint -n "__fish_seen_subcommand_from config" -a "show schema"
complete -c trainlint -n "__fish_seen_subcommand_from dump" -a "source modules project distribution launch graph"

complete -c trainlint -n $settable -l select -x -a "(__trainlint_names)" -d 'rules and groups to run'
complete -c trainlint -n $settable -l ignore -x -a "(__trainlint_names)" -d 'rules and groups not to run'
complete -c trainlint -n $settable -l severity -x -d 'NAME=SEVERITY'
complete -c trainlint -n $settable -l per-file-ignores -x -d 'PATTERN=NAMES'
complete -c trainlint -n $settable -l exclude -x -d 'packages that are not linted'
complete -c trainlint -n $settable -l preinstalled -x -d 'distributions that the image has'
complete -c trainlint -n $settable -l source-folders -r -d 'further folders on the path on the worker'
complete -c trainlint -n $settable -l bucket-locations -x -d 'BUCKET=LOCATION'
complete -c trainlint -n $settable -l layers -x -d 'NAME=LAYERS: each may import the later ones'
complete -c trainlint -n $settable -l require-reason -d 'comments that suppress must say why'
complete -c trainlint -n $settable -l fail-on -x -a "error warning advice" -d 'least severity for exit status 1'
complete -c trainlint -n $settable -l baseline -r -d 'file of accepted findings'
complete -c trainlint -n $settable -l write-baseline -d 'accept all that is found now'
complete -c trainlint -n $settable -l check-baseline -d 'fail when the baseline could shrink'
complete -c trainlint -n $configurable -l config -r -d 'a file in place of the nearest'
complete -c trainlint -n $configurable -l no-config -d 'no configuration file is read'

complete -c trainlint -n $started -l module-name -x -d 'the entry module'
complete -c trainlint -n $started -l package-path -r -d 'the package'
complete -c trainlint -n $started -l runtime-version -x -d 'an AI Platform runtime'
complete -c trainlint -n $started -l image-uri -x -d 'the container image of the job'
complete -c trainlint -n $started -l job-config -r -F -d 'the job file, YAML or JSON'
complete -c trainlint -n $started -l python-version -x -d 'Python on the worker'
complete -c trainlint -n $started -l route -x -a 'gcloud-sdist archive autopackage script container' -d 'how the code gets to the worker'
