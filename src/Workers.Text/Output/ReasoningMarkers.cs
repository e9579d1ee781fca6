namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>The marks around a model's thoughts, known by its own chat template.</summary>
internal static class ReasoningMarkers
{
    private static readonly (string Start, string End)[] Known =
    [
        ("[THINK]", "[/THINK]"),
        ("<|START_THINKING|>", "<|END_THINKING|>"),
        ("<think>", "</think>"),
    ];

    /// <summary>Null when the template names no thoughts.</summary>
    public static (string Start, string End)? FromTemplate(string chatTemplate)
    {
        foreach (var markers in Known)
        {
            // Some templates only cut old thoughts off and so name nothing but the end.
            if (chatTemplate.Contains(markers.Start, StringComparison.Ordinal) || chatTemplate.Contains(markers.End, StringComparison.Ordinal))
                return markers;
        }
        return null;
    }
}
