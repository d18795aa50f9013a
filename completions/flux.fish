# Completion of flux for fish. What fits comes from `flux complete`, agents and their
# parameters included.

function __flux_complete
    set -l typed (commandline -opc)
    set -l word (string replace -r '^[\'"]' '' -- (commandline -ct))
    for line in ($typed[1] complete -- $typed[2..] "$word" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$word"
            case :nospace
            case '*'
                echo $line
        end
    end
end

complete -c flux -f -a '(__flux_complete)'
