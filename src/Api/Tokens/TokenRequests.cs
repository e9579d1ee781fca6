using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tokens;

/// <summary>Asks a worker what texts are in tokens, and back. A model is named as <see cref="ModelResolver"/> found it.</summary>
/// <remarks>All of them throw <see cref="Errors.ApiException"/> where the request is refused or nobody answers.</remarks>
internal sealed class TokenRequests(TextRequests requests)
{
    public async Task<IReadOnlyList<int>> TokensAsync(string model, string text, JobOrigin origin, CancellationToken aborted, bool addSpecial = false) =>
        (await TokenizeAsync(Request(model, text, origin) with { AddSpecial = addSpecial }, aborted)).Tokens;

    /// <summary>For what else a request may say.</summary>
    public Task<TextTokenized> TokenizeAsync(TokenizeText request, CancellationToken aborted) =>
        requests.AskAsync<TokenizeText, TextTokenized>(request.Model, request, aborted);

    public static TokenizeText Request(string model, string text, JobOrigin origin) =>
        new() { JobId = Guid.NewGuid(), Model = model, Owner = origin.Owner, RequestId = origin.RequestId, Text = text };

    public async Task<string> TextAsync(string model, IReadOnlyList<int> tokens, JobOrigin origin, CancellationToken aborted)
    {
        var request = new DetokenizeText { JobId = Guid.NewGuid(), Model = model, Owner = origin.Owner, RequestId = origin.RequestId, Tokens = tokens };
        return (await requests.AskAsync<DetokenizeText, TextDetokenized>(model, request, aborted)).Text;
    }

    /// <summary>The prompt that a generation would start from.</summary>
    /// <param name="generation">As it would be sent.</param>
    public Task<PromptRendered> RenderAsync(GenerateText generation, CancellationToken aborted)
    {
        var request = new RenderPrompt { JobId = generation.JobId, Model = generation.Model, Owner = generation.Owner, RequestId = generation.RequestId, Generation = generation };
        return requests.AskAsync<RenderPrompt, PromptRendered>(generation.Model, request, aborted);
    }
}
