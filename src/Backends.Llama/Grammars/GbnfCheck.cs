namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>Refuses, with the reason, the grammars that llama.cpp would not accept, not survive or not end with.</summary>
internal static class GbnfCheck
{
    // A JSON schema of some thousand properties compiles to less.
    private const int LengthLimit = 512 * 1024;

    /// <exception cref="GrammarException">The grammar is refused.</exception>
    internal static void Run(string grammar)
    {
        if (grammar.Length > LengthLimit)
            throw new GrammarException($"the grammar has {grammar.Length} characters, more than {LengthLimit}");
        if (grammar.Contains('\0'))
            throw new GrammarException("the grammar contains a NUL character");
        List<GbnfRule> rules = GbnfReader.Read(grammar);
        if (rules.Find(rule => !rule.Defined) is { } missing)
            throw new GrammarException($"the grammar uses rule '{missing.Name}' but does not define it");
        if (!rules.Exists(rule => rule.Name == "root"))
            throw new GrammarException("the grammar has no rule 'root'");
        new GbnfGraph(rules).Check();
    }
}
