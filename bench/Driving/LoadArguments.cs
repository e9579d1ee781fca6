namespace LocalAI.Pipeline.Driving;

/// <summary>The arguments that every benchmark of streams has.</summary>
public static class LoadArguments
{
    /// <summary>The shape of a round, for one stream.</summary>
    public static LoadShape Shape(BenchArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new LoadShape
        {
            Model = arguments.Text("model", "tiny-chat"),
            Streams = 1,
            Requests = arguments.Count("requests", 1),
            PromptWords = arguments.Count("prompt-words", 32),
            OutputTokens = arguments.Count("output-tokens", 256),
            // What models/tiny-chat.yaml has; a host merges it by itself, a bare backend must be told.
            TemplateArguments = arguments.Text("template-arguments", """{"enable_thinking":false}"""),
        };
    }

    /// <summary>What a bare backend loads.</summary>
    public static BackendModel Model(BenchArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new BackendModel(
            arguments.Text("model-file"),
            arguments.Count("threads", 1),
            arguments.Count("context-size", 2048),
            arguments.Count("slots", 8));
    }
}
