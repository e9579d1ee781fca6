namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Reads <c>known_usecases</c>.</summary>
internal static class UsecaseReading
{
    private static readonly string[] Known =
    [
        "chat", "completion", "edit", "embeddings", "rerank", "image", "transcript", "tts", "sound_generation", "tokenize", "vad",
        "video", "detection", "vision", "score", "llm", "any",
    ];

    /// <summary>The words in lower case; the older spelling <c>FLAG_CHAT</c> is the same as <c>chat</c>.</summary>
    public static IReadOnlyList<string> Read(ModelSection root)
    {
        var words = root.Texts("known_usecases").Select(Normalise).Distinct(StringComparer.Ordinal).ToList();
        foreach (var word in words.Where(word => !Known.Contains(word, StringComparer.Ordinal)))
        {
            root.Findings.Warn(root.Entry("known_usecases")!.Line, $"known_usecases has {word}, which is unknown");
        }

        return words;
    }

    /// <summary><c>known_input_modalities</c>.</summary>
    public static IReadOnlyList<string> ReadInputs(ModelSection root)
    {
        var words = root.Texts("known_input_modalities").Select(Normalise).Distinct(StringComparer.Ordinal).ToList();
        foreach (var word in words.Where(word => word is not ("text" or "image" or "audio" or "video")))
        {
            root.Findings.Warn(root.Entry("known_input_modalities")!.Line, $"known_input_modalities has {word}, which is unknown");
        }

        return words;
    }

    private static string Normalise(string word)
    {
#pragma warning disable CA1308 // The words are LocalAI's, in lower case.
        var lower = word.ToLowerInvariant();
#pragma warning restore CA1308
        return lower.StartsWith("flag_", StringComparison.Ordinal) ? lower["flag_".Length..] : lower;
    }
}
