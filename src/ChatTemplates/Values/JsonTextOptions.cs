namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>The parameters of json.dumps; a null indent keeps everything on one line.</summary>
internal sealed record JsonTextOptions
{
    public static JsonTextOptions Default { get; } = new();

    public bool EnsureAscii { get; init; }
    public string? Indent { get; init; }
    public bool SortKeys { get; init; }
    public string ItemSeparator { get; init; } = ", ";
    public string KeySeparator { get; init; } = ": ";
}
