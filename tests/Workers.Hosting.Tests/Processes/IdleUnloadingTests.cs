using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Hosting.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Processes;

public sealed class IdleUnloadingTests
{
    [Fact]
    public async Task Model_ThatNobodyUses_LeavesByItself()
    {
        var time = new FakeTimeProvider();
        using var folder = new BackendFolder();
        await using var pool = folder.Pool(time);
        (await pool.AcquireAsync(folder.Model(), TestTimeout.Token)).Dispose();
        Assert.NotEmpty(folder.Processes());
        using var unloading = new IdleUnloading(pool, time);
        await unloading.StartAsync(TestTimeout.Token);

        // When the service sets its timer is its own affair.
        await folder.WaitForProcessesAsync(0, () => time.Advance(TimeSpan.FromSeconds(5)));
        Assert.False(pool.StateOf("fake").Loaded);
        await unloading.StopAsync(TestTimeout.Token);
    }
}
