using LocalAI.Pipeline.Api.Files;

namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>Ids as each API's clients expect them.</summary>
internal static class BatchIds
{
    public static string Prefix(BatchKind kind) => kind == BatchKind.Files ? "batch_" : "msgbatch_";

    public static string New(BatchKind kind, DateTimeOffset now) => TimeOrderedId.New(Prefix(kind), now);
}
