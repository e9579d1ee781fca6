using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Text.Output;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>How this model writes thoughts and tool calls into its raw text, for this request.</summary>
/// <param name="Reasoning">The markers around a thought, or null.</param>
/// <param name="Tools">How calls are written; None when the request has no tools.</param>
/// <param name="ToolNames">The functions that may be called.</param>
internal sealed record OutputForm((string Start, string End)? Reasoning, ToolCallFormat Tools, IReadOnlyCollection<string> ToolNames)
{
    public static OutputForm Of(GenerateText command, ModelDefinition model, BackendTraits traits)
    {
        _ = model;
        if (command.Messages is null)
        {
            return new OutputForm(null, ToolCallFormat.None, []);
        }

        var names = command.ToolChoice?.Mode == ToolChoiceMode.None
            ? []
            : (command.Tools ?? []).Select(tool => tool.Name).Where(name => command.ToolChoice?.Allowed?.Contains(name) ?? true).ToHashSet(StringComparer.Ordinal);
        var tools = names.Count == 0 ? ToolCallFormat.None : ToolFormatDetection.FromTemplate(traits.ChatTemplate);
        return new OutputForm(ReasoningMarkers.FromTemplate(traits.ChatTemplate), tools, names);
    }

    public Thinking ThinkingAfter(string promptTail, bool isWanted) =>
        Reasoning is not { } markers ? Thinking.None
        : StartsInReasoning(promptTail) ? Thinking.Open
        : isWanted && !promptTail.AsSpan().TrimEnd().EndsWith(markers.End, StringComparison.Ordinal) ? Thinking.Possible
        : Thinking.None;

    private bool StartsInReasoning(string promptTail) =>
        Reasoning is { } markers && promptTail.AsSpan().TrimEnd().EndsWith(markers.Start, StringComparison.Ordinal);

    public OutputParser CreateParser(Guid jobId, string promptTail) => new(new OutputParserOptions
    {
        JobId = jobId,
        StartsInReasoning = StartsInReasoning(promptTail),
        ReasoningStart = Reasoning?.Start,
        ReasoningEnd = Reasoning?.End,
        ToolFormat = Tools,
        ToolNames = ToolNames,
    });
}
