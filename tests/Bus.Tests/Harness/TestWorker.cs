using System.Threading.Channels;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing;
using MassTransit;

namespace LocalAI.Pipeline.Bus.Tests.Harness;

/// <summary>A consumer whose every delivery the test takes in hand: it lasts until the test ends it.</summary>
internal sealed class TestWorker(int concurrency = 1)
{
    public static readonly string Queue = QueueNames.Text("tiny.chat/1", Lane.Interactive);

    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();

    public BusParticipant Participant => new(_ => { }, (_, endpoints) => endpoints.CommandQueue(Queue, concurrency, Configure));

    public static TokenizeText Command(string text) => new() { JobId = Guid.NewGuid(), Model = "tiny.chat/1", Owner = "o", RequestId = "r", Text = text };

    public void Configure(IReceiveEndpointConfigurator endpoint) => endpoint.Handler<TokenizeText>(ConsumeAsync);

    /// <summary>The next delivery, in its consumer's hands.</summary>
    public Task<Delivery> TakeAsync() => _deliveries.Reader.ReadAsync(TestTimeout.Token).AsTask();

    private async Task ConsumeAsync(ConsumeContext<TokenizeText> context)
    {
        var delivery = new Delivery(context);
        _deliveries.Writer.TryWrite(delivery);
        await delivery.Outcome.WaitAsync(context.CancellationToken);
    }

    /// <summary>One message in its consumer's hands.</summary>
    public sealed class Delivery(ConsumeContext<TokenizeText> context)
    {
        private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Text => context.Message.Text;

        public bool Redelivered => context.ReceiveContext.Redelivered;

        public Task Outcome => _outcome.Task;

        public void Finish() => _outcome.TrySetResult();

        public void Throw(string message) => _outcome.TrySetException(new InvalidOperationException(message));

        public async Task AnswerAsync<T>(T reply)
            where T : class
        {
            await context.RespondAsync(reply);
            Finish();
        }
    }
}
