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
    /// <summary>With <see cref="ToolCallFormat.Patterns"/>: how calls are found.</summary>
    public CallPatterns? Patterns { get; init; }

    /// <summary>Calls are held to a grammar: their format is known, and the model's file does not forbid it.</summary>
    public bool HoldsCalls { get; init; } = ToolNames.Count > 0;

    /// <summary>An answer may have several calls.</summary>
    public bool ParallelCalls { get; init; } = true;

    /// <summary>An answer may have text and calls.</summary>
    public bool MixesText { get; init; } = true;

    public static OutputForm Of(GenerateText command, ModelDefinition model, BackendTraits traits)
    {
        if (command.Messages is null)
        {
            return new OutputForm(null, ToolCallFormat.None, []);
        }

        var names = command.ToolChoice?.Mode == ToolChoiceMode.None
            ? []
            : (command.Tools ?? []).Select(tool => tool.Name).Where(name => command.ToolChoice?.Allowed?.Contains(name) ?? true).ToHashSet(StringComparer.Ordinal);
        var templates = GoPrompts.TemplatesOf(model)?.Source;
        var patterns = names.Count > 0 ? CallPatterns.Of(model.Function) : null;
        var format = names.Count == 0 ? ToolCallFormat.None : patterns is not null ? ToolCallFormat.Patterns : FormatOf(model.Function, templates ?? traits.ChatTemplate);
        return new OutputForm(ReasoningMarkers.FromTemplate(templates + traits.ChatTemplate), format, names)
        {
            Patterns = patterns,
            HoldsCalls = names.Count > 0 && patterns is null && !model.Function.Grammar.Disable,
            ParallelCalls = (command.ToolChoice?.Parallel ?? true) && (model.Function.Grammar.ParallelCalls ?? true),
            MixesText = !model.Function.Grammar.NoMixedFreeString,
        };
    }

    public Thinking ThinkingAfter(string promptTail, bool isWanted) =>
        Reasoning is not { } markers ? Thinking.None
        : StartsInReasoning(promptTail) ? Thinking.Open
        : isWanted && !promptTail.AsSpan().TrimEnd().EndsWith(markers.End, StringComparison.Ordinal) ? Thinking.Possible
        : Thinking.None;

    private static ToolCallFormat FormatOf(FunctionSettings settings, string template) => settings.Format switch
    {
        "hermes" => ToolCallFormat.Hermes,
        "llama3" => ToolCallFormat.Llama3Json,
        "mistral" => ToolCallFormat.Mistral,
        "json" => ToolCallFormat.GenericJson,
        _ => ToolFormatDetection.FromTemplate(template),
    };

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
        Patterns = Patterns,
    });
}
