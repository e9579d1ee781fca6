using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Chat.Writing;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Hubs;

/// <summary>An answer as items of a hub's stream.</summary>
internal static class HubChatStream
{
    public static async IAsyncEnumerable<JsonChunk> ReadAsync(ChatGeneration generation, JsonChunks chunks)
    {
        var projection = new ChatProjection(generation.Head, chunks);
        while (!generation.Reader.IsComplete)
        {
            await generation.Reader.WaitAsync();
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
}
