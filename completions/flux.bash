# Completion of flux for bash. What fits comes from `flux complete`, agents and their
# parameters included.

_flux() {
  local cut=${COMP_WORDS[COMP_CWORD]} word line text joins=false
  local -a words=()
  # Bash cuts words that are not quoted at = and :, and flux wants them whole.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ ${#words[@]} -gt 0 ]] && { $joins || [[ $word == [=:]* ]]; }; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
    if [[ $word == *[=:] ]]; then joins=true; else joins=false; fi
  done
  words=("${words[@]#[\'\"]}")
  words=("${words[@]%[\'\"]}")
  if [[ $cut == [=:] ]]; then cut=''; fi
  cut=${cut#[\'\"]}
  local before=${words[-1]%"$cut"} is_file=false
  COMPREPLY=()
  while IFS= read -r line; do
    text=${line%%$'\t'*}
    case $text in
      :files) is_file=true ;;
      :nospace) compopt -o nospace ;;
      *) COMPREPLY+=("${text#"$before"}") ;;
    esac
  done < <("${COMP_WORDS[0]}" complete -- "${words[@]}" 2>/dev/null)
  if $is_file; then
    compopt -o filenames
    while IFS= read -r text; do COMPREPLY+=("$text"); done < <(compgen -f -- "$cut")
  fi
}

complete -F _flux flux
