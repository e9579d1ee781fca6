namespace LocalAI.Pipeline.Messages.Text;

/// <summary>
/// Command, sent by the API to <see cref="QueueNames.Text"/>; one text worker generates one answer. All text APIs map to
/// it. It is acknowledged when the outcome has been handed on; a redelivery continues from the job's progress.
/// Exactly one of <see cref="Messages"/>, <see cref="Prompt"/> and <see cref="PromptTokens"/> is set.
/// </summary>
public sealed record GenerateText
{
    /// <summary>The job, chosen by the API.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The model's name (aliases are resolved by the API).</summary>
    public required string Model { get; init; }

    /// <summary>The lane it waits in.</summary>
    public required Lane Lane { get; init; }

    /// <summary>The key that made the job; anonymous work belongs to <c>anonymous</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>The API instance whose relay follows the job, or <see cref="QueueNames.DurableInstance"/>.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The HTTP request's id, for the logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>When the API accepted it, UTC.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>After this it is not started any more, UTC.</summary>
    public DateTimeOffset? StartBefore { get; init; }

    /// <summary>A conversation, rendered by the model's chat template.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>A prompt that is used as it is.</summary>
    public string? Prompt { get; init; }

    /// <summary>A prompt as token ids.</summary>
    public IReadOnlyList<int>? PromptTokens { get; init; }

    /// <summary>With <see cref="Prompt"/>: the text after the gap to fill, empty where the gap is the end. Null means that there is no gap.</summary>
    public string? Suffix { get; init; }

    /// <summary>With <see cref="Suffix"/>: how the text in the gap begins.</summary>
    public string? InfillStart { get; init; }

    /// <summary>With <see cref="Suffix"/>: other files that the model should know.</summary>
    public IReadOnlyList<InfillFile>? InfillFiles { get; init; }

    /// <summary>The last message is an assistant's and is continued, not answered.</summary>
    public bool ContinueFinalMessage { get; init; }

    /// <summary>Further variables for the chat template as a JSON object's text (<c>chat_template_kwargs</c>).</summary>
    public string? TemplateArguments { get; init; }

    /// <summary><c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, or null for the model's default.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>The functions that may be called.</summary>
    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    /// <summary>Which of them may or must be called; null means auto.</summary>
    public ToolChoice? ToolChoice { get; init; }

    /// <summary>The form of the answer; null means free text.</summary>
    public OutputFormat? Output { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public required SamplingSettings Sampling { get; init; }

    /// <summary>Most tokens to generate; null means the model's default or what the context leaves. 0 evaluates the prompt into the cache and generates nothing.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>After so many milliseconds of generating, the next line end is the end; null is no limit.</summary>
    public int? MaxGenerationMilliseconds { get; init; }

    /// <summary>False evaluates the whole prompt anew, whatever a slot still holds of it.</summary>
    public bool CachePrompt { get; init; } = true;

    /// <summary>Whether each delta has its <see cref="Deltas.DeltaDetail"/>.</summary>
    public bool Detailed { get; init; }

    /// <summary>Texts that end the answer and are not part of it.</summary>
    public IReadOnlyList<string>? StopSequences { get; init; }

    /// <summary>Go on after the model's end token.</summary>
    public bool IgnoreEndOfSequence { get; init; }

    /// <summary>Whether log probabilities are wanted.</summary>
    public bool Logprobs { get; init; }

    /// <summary>Alternatives per token: 0 to 100.</summary>
    public int TopLogprobs { get; init; }

    /// <summary>Added to logits; keys are token ids or texts, -100 bans.</summary>
    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }
}
