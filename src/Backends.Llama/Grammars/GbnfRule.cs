namespace LocalAI.Pipeline.Backends.Llama.Grammars;

/// <summary>
/// The skeleton of a rule: per alternative what it consists of, terminals as <see cref="Terminal"/>, references as rule numbers.
/// Groups and repetitions are rules of their own, as in llama.cpp.
/// </summary>
internal sealed class GbnfRule(string name)
{
    internal const int Terminal = -1;

    internal string Name { get; } = name;

    internal bool Defined { get; set; }

    internal List<List<int>> Alternatives { get; } = [];
}
