using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.LlamaCpp;
using LocalAI.Pipeline.Api.Tokens;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary><c>truncation: auto</c>: leaves out the oldest turns of a conversation that the context has no room for.</summary>
internal sealed class ContextFitting(ModelDescriptions models, TokenRequests tokens)
{
    // Of the context, so that there is room to answer where the request names no limit.
    private const int AnswerShare = 4;

    // Each round counts the tokens anew and leaves out about as much as is too much, so the second mostly fits.
    private const int MaxRounds = 8;

    /// <param name="generation">As it would be sent.</param>
    /// <returns>The same with fewer messages. What is too long even without earlier turns stays, and the worker says so.</returns>
    /// <exception cref="Errors.ApiException">The template refuses the conversation, or nobody answers.</exception>
    public async Task<GenerateText> FitAsync(GenerateText generation, ModelDefinition model, JobOrigin origin, CancellationToken aborted)
    {
        var context = await models.ContextSizeAsync(model, origin, aborted);
        var room = context - Math.Min(generation.MaxTokens ?? context, context / AnswerShare);
        for (var round = 0; context > 0 && round < MaxRounds && TurnStarts(generation.Messages!).Count > 1; round++)
        {
            var length = (await tokens.RenderAsync(generation, aborted)).Tokens;
            if (length <= room)
            {
                break;
            }

            generation = generation with { Messages = WithoutOldest(generation.Messages!, (double)(length - room) / length) };
        }

        return generation;
    }

    /// <param name="share">How much of the text is to go at least, of 1.</param>
    private static IReadOnlyList<ChatMessage> WithoutOldest(IReadOnlyList<ChatMessage> messages, double share)
    {
        var starts = TurnStarts(messages);
        var excess = share * messages.Sum(Length);
        var turn = 1;
        while (turn < starts.Count - 1 && messages.Take(starts[turn]).Skip(starts[0]).Sum(Length) < excess)
        {
            turn++;
        }

        return [.. messages.Take(starts[0]), .. messages.Skip(starts[turn])];
    }

    /// <summary>Where each user's turn begins, with the answers and calls behind it; instructions before the first stay.</summary>
    private static List<int> TurnStarts(IReadOnlyList<ChatMessage> messages) =>
        [.. messages.Select((message, index) => (message, index)).Where(entry => entry.message.Role == ChatRole.User).Select(entry => entry.index)];

    private static long Length(ChatMessage message) =>
        message.Content.Length + (message.Reasoning?.Length ?? 0) + (message.ToolCalls?.Sum(call => (long)call.Arguments.Length) ?? 0);
}
