namespace LocalAI.Pipeline.JsonSchemas.Writing;

/// <summary>
/// Repetitions with bounds. llama.cpp writes each one out, and takes 2,000 at most: many are written as repeated blocks, whose
/// size is a rule's and not a copy's.
/// </summary>
internal sealed class Repetition(GrammarBuilder builder, Func<string> newName)
{
    private const int Block = 250;
    private const int LargestBlock = Block * Block;

    /// <param name="item">The name of a rule.</param>
    public string Of(string item, int least, int? most)
    {
        var needed = Exactly(item, least);
        var further = most is { } bound ? UpTo(item, bound - least) : $"{item}*";
        return needed.Length == 0 ? further : further.Length == 0 ? needed : $"{needed} {further}";
    }

    private string Exactly(string item, int count)
    {
        if (count <= Block)
            return count == 0 ? "" : $"{item}{{{count}}}";
        var (block, size) = BlockOf(item, count);
        return $"{block}{{{count / size}}} {Exactly(item, count % size)}".TrimEnd();
    }

    private string UpTo(string item, int count)
    {
        if (count <= Block)
            return count == 0 ? "" : $"{item}{{0,{count}}}";
        var (block, size) = BlockOf(item, count);
        var blocks = count / size;
        // Either fewer blocks and any part of one, or all of them and what is left.
        return $"({block}{{0,{blocks - 1}}} {Rule(UpTo(item, size))} | {block}{{{blocks}}} {UpTo(item, count - (blocks * size))})".Replace(" )", ")", StringComparison.Ordinal);
    }

    private (string Name, int Size) BlockOf(string item, int count)
    {
        var block = Rule($"{item}{{{Block}}}");
        return count <= LargestBlock ? (block, Block) : (Rule($"{block}{{{Block}}}"), LargestBlock);
    }

    private string Rule(string body) => builder.Add(newName(), body);
}
