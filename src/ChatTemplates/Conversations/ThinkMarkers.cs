namespace LocalAI.Pipeline.ChatTemplates.Conversations;

/// <summary>The markers around thoughts, and the variables that switch thinking, of the families known.</summary>
internal static class ThinkMarkers
{
    /// <summary>Names of variables, the most common first.</summary>
    public static readonly string[] Switches = ["enable_thinking", "thinking", "enable_reasoning", "reasoning"];

    private static readonly (string Sign, string Start, string End)[] Known =
    [
        ("<|channel|>analysis", "<|channel|>analysis<|message|>", "<|end|>"),
        ("</think>", "<think>", "</think>"),
        ("<think>", "<think>", "</think>"),
        ("<|START_THINKING|>", "<|START_THINKING|>", "<|END_THINKING|>"),
        ("[THINK]", "[THINK]", "[/THINK]"),
        ("<seed:think>", "<seed:think>", "</seed:think>"),
        ("<|channel>thought", "<|channel>thought\n", "<channel|>"),
        ("<thought>", "<thought>", "</thought>"),
        ("<reasoning>", "<reasoning>", "</reasoning>"),
    ];

    public static (string? Start, string? End) Find(string source)
    {
        foreach ((string sign, string start, string end) in Known)
            if (source.Contains(sign, StringComparison.Ordinal)) return (start, end);
        return (null, null);
    }
}
