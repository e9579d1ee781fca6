namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>Takes the replies of one generation and joins their text; rests where it is told to.</summary>
internal sealed class Taker
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Text { get; private set; } = "";

    public Task First => _first.Task;

    public TaskCompletionSource? Rest { get; init; }

    public Exception? Failure { get; init; }

    public async ValueTask TakeAsync(Reply reply, CancellationToken cancellationToken)
    {
        _first.TrySetResult();
        if (Failure is not null)
        {
            throw Failure;
        }

        if (Rest is not null)
        {
            await Rest.Task.WaitAsync(cancellationToken);
        }

        Text += reply.Message.ToStringUtf8();
    }
}
