namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Reply to <see cref="TokenizeText"/>.</summary>
public sealed record TextTokenized
{
    /// <summary>The token ids.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>The bytes of each token, which may end inside a UTF-8 character; null when they were not asked for.</summary>
    public IReadOnlyList<byte[]>? Pieces { get; init; }
}
