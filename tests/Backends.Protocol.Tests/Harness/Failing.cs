namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

internal static class Failing
{
    /// <summary>The failure of a call that must fail.</summary>
    public static Task<BackendCallException> Of(Task call) => Assert.ThrowsAsync<BackendCallException>(() => call);

    /// <summary>The failure of a stream, and how many messages came before.</summary>
    public static async Task<(BackendCallException Failure, int Received)> Of<T>(IAsyncEnumerable<T> stream)
    {
        var received = 0;
        var failure = await Assert.ThrowsAsync<BackendCallException>(async () =>
        {
            await foreach (var _ in stream)
            {
                received++;
            }
        });
        return (failure, received);
    }
}
