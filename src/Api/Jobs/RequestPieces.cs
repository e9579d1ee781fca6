namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>
/// Long lists go to the workers in pieces: a message stays small, other requests get their turn between two pieces, and
/// several workers share the list.
/// </summary>
internal static class RequestPieces
{
    // A piece is some seconds on a slow machine, and its vectors some 100 KB of JSON.
    private const int Size = 16;

    // So that one caller's list does not fill the line.
    private const int AtATime = 4;

    /// <param name="ask">Asks for one piece.</param>
    /// <returns>The replies in the order of the pieces.</returns>
    /// <exception cref="Errors.ApiException">One piece failed; the others are given up.</exception>
    public static async Task<IReadOnlyList<TReply>> AskAsync<TItem, TReply>(
        IReadOnlyList<TItem> items, Func<IReadOnlyList<TItem>, CancellationToken, Task<TReply>> ask, CancellationToken aborted)
    {
        var pieces = items.Chunk(Size).ToList();
        var replies = new TReply[pieces.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = aborted };
        await Parallel.ForAsync(0, pieces.Count, options, async (piece, ended) => replies[piece] = await ask(pieces[piece], ended));
        return replies;
    }

    /// <summary>Where a piece begins in the list.</summary>
    public static int Start(int piece) => piece * Size;
}
