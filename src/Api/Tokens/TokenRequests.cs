using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tokens;

/// <summary>Asks a worker what texts are in tokens, and back. A model is named as <see cref="ModelResolver"/> found it.</summary>
/// <remarks>All of them throw <see cref="Errors.ApiException"/> where the request is refused or nobody answers.</remarks>
internal sealed class TokenRequests(TextRequests requests)
{
    public async Task<IReadOnlyList<int>> TokensAsync(string model, string text, JobOrigin origin, CancellationToken aborted)
    {
        var request = new TokenizeText { JobId = Guid.NewGuid(), Model = model, Owner = origin.Owner, RequestId = origin.RequestId, Text = text };
        return (await requests.AskAsync<TokenizeText, TextTokenized>(model, request, aborted)).Tokens;
    }

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
