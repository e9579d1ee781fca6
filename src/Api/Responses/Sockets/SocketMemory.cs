using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Sockets;

/// <summary>What a connection remembers: its last response with all items up to its end, so that the next turn goes on from it even where nothing is stored.</summary>
/// <param name="Id">The response.</param>
/// <param name="Items">What it went on from, its input and its output.</param>
internal sealed record SocketMemory(Guid Id, IReadOnlyList<ResponseItem> Items);
