using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Chat.Writing;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Hubs;

/// <summary>An answer as items of a hub's stream.</summary>
internal static class HubChatStream
{
    private static readonly ApiError Cancelled = FailureHttpTable.ToError(new JobFailure { Code = FailureCode.Cancelled, Message = "The stream was cancelled." });

    public static async IAsyncEnumerable<JsonChunk> ReadAsync(ChatGeneration generation, JsonChunks chunks)
    {
        var projection = new ChatProjection(generation.Head, chunks);
        while (!generation.Reader.IsComplete)
        {
            if (!await TryWaitAsync(generation.Reader))
            {
                yield return chunks.Error(Cancelled);
                yield break;
            }

            foreach (var item in generation.Reader.Take())
            {
                if (item.Delta.Failure is { } failure)
                {
                    yield return chunks.Error(FailureHttpTable.ToError(failure));
                    yield break;
                }

                projection.Write(item);
            }

            if (generation.Reader.IsComplete)
            {
                projection.WriteEnd();
            }

            foreach (var chunk in chunks.TakeAll())
            {
                yield return chunk;
            }
        }
    }

    /// <summary>False when it was cancelled: its own client reads no more then, but it may have been another connection of the owner.</summary>
    private static async ValueTask<bool> TryWaitAsync(JobSubscription reader)
    {
        try
        {
            await reader.WaitAsync();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
