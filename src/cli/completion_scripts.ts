/**
 * The scripts of `rollouts complete`, by shell. Each calls `rollouts complete -- WORDS` with the words up
 * to the cursor as separate arguments, so that nothing typed is expanded, executed, or redirected. If the
 * command prints nothing, the shell completes file names.
 */
export const COMPLETION_SCRIPTS: ReadonlyMap<string, string> = new Map([
  // For Bash 3.2 of macOS, too, which has no mapfile.
  [
    "bash",
    `# bash completion for rollouts

_rollouts() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(
    rollouts complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" < /dev/null 2> /dev/null
  )
}

complete -o default -F _rollouts rollouts`,
  ],
  [
    "zsh",
    `#compdef rollouts

_rollouts() {
  local line
  local -a candidates
  while IFS= read -r line; do
    candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(
    rollouts complete -- "\${(@)words[2,CURRENT]}" < /dev/null 2> /dev/null
  )
  if (( $#candidates )); then
    _describe rollouts candidates
  else
    _files
  fi
}

# An autoloaded file is the body of the function. A sourced file registers it.
if [[ "\${funcstack[1]}" = _rollouts ]]; then
  _rollouts "$@"
else
  compdef _rollouts rollouts
fi`,
  ],
  [
    "fish",
    `# fish completion for rollouts

function __rollouts_has_candidates
    set -l words (commandline -opc)
    set -e words[1]
    set -l last (commandline -ct)
    set -g __rollouts_candidates (rollouts complete -- $words "$last" < /dev/null 2> /dev/null)
    test (count $__rollouts_candidates) -gt 0
end

complete -c rollouts -e
complete -c rollouts -n __rollouts_has_candidates -f -a '$__rollouts_candidates'`,
  ],
]);
