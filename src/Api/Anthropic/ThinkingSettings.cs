namespace LocalAI.Pipeline.Api.Anthropic;

/// <summary><c>thinking</c> and <c>output_config.effort</c> in the neutral command's words.</summary>
/// <param name="Effort">The command's reasoning effort, or null for the model's own.</param>
/// <param name="TemplateArguments">Further variables of the chat template as JSON text, or null.</param>
/// <param name="IsOmitted">Thoughts are answered as empty blocks (<c>display</c> omitted).</param>
/// <param name="Budget"><c>budget_tokens</c>, or null.</param>
internal sealed record ThinkingSettings(string? Effort = null, string? TemplateArguments = null, bool IsOmitted = false, int? Budget = null);
