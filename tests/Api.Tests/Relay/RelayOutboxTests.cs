using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Logs;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Api.Tests.Relay;

public sealed class RelayOutboxTests
{
    [Fact]
    public async Task Post_BusAwayForAWhile_IsSentWhenItIsBack()
    {
        using var logs = new LogCollector();
        var sender = new FlakySender(failures: 3);
        using var outbox = new RelayOutbox(sender, logs.CreateLogger<RelayOutbox>());
        await outbox.StartAsync(TestTimeout.Token);

        outbox.Post(new JobCancellationRequested { JobId = Guid.Empty, Reason = "r" });

        Assert.IsType<JobCancellationRequested>(await sender.Sent.ReadAsync(TestTimeout.Token));
        Assert.Equal(3, logs.Entries.Count(entry => entry.Level == LogLevel.Warning));
        await outbox.StopAsync(TestTimeout.Token);
    }

    [Fact]
    public async Task Post_BusAwayForTooLong_IsDroppedAndTheNextIsSent()
    {
        using var logs = new LogCollector();
        var sender = new FlakySender(failures: 6);
        using var outbox = new RelayOutbox(sender, logs.CreateLogger<RelayOutbox>());
        await outbox.StartAsync(TestTimeout.Token);
        outbox.Post(new JobCancellationRequested { JobId = Guid.Empty, Reason = "r" });
        await logs.WaitForAsync(entry => entry.Message.Contains("(6 times tried)", StringComparison.Ordinal));

        outbox.Post(new DeltaResendRequested { JobId = Guid.Empty, Attempt = 1, NextSequence = 2 });

        Assert.IsType<DeltaResendRequested>(await sender.Sent.ReadAsync(TestTimeout.Token));
        await outbox.StopAsync(TestTimeout.Token);
    }
}
