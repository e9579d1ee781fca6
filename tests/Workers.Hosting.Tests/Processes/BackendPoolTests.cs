using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Hosting.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace LocalAI.Pipeline.Workers.Hosting.Tests.Processes;

public sealed class BackendPoolTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Acquire_OverTheCount_UnloadsTheLeastRecentlyUsed()
    {
        using var folder = new BackendFolder();
        folder.Options.MaxLoaded = 2;
        await using var pool = folder.Pool(_time);
        await UseAsync(pool, folder, "a");
        await UseAsync(pool, folder, "b");
        await UseAsync(pool, folder, "a");

        await UseAsync(pool, folder, "c");

        Assert.Equal(["a", "c"], Loaded(pool, "a", "b", "c"));
        Assert.Equal(3, folder.Starts);
    }

    [Fact]
    public async Task Acquire_WhileAllAreInUse_WaitsUntilOneIsNot()
    {
        using var folder = new BackendFolder();
        folder.Options.MaxLoaded = 1;
        await using var pool = folder.Pool(_time);
        var lease = await pool.AcquireAsync(folder.Model("a"), TestTimeout.Token);
        var waiting = pool.AcquireAsync(folder.Model("b"), TestTimeout.Token);
        Assert.False(waiting.IsCompleted);

        lease.Dispose();

        using var second = await waiting;
        Assert.Equal(["b"], Loaded(pool, "a", "b"));
    }

    [Fact]
    public async Task Acquire_WhileAllAreInUse_FailsAfterItsTime()
    {
        using var folder = new BackendFolder();
        folder.Options.MaxLoaded = 1;
        await using var pool = folder.Pool(_time);
        using var lease = await pool.AcquireAsync(folder.Model("a"), TestTimeout.Token);
        var waiting = pool.AcquireAsync(folder.Model("b"), TestTimeout.Token);

        _time.Advance(folder.Options.RoomTimeout);

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => waiting);
        Assert.Equal(FailureCode.BackendBusy, failure.Failure.Code);
        Assert.Contains("MaxLoaded is 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acquire_OverTheMemory_UnloadsTheLeastRecentlyUsed()
    {
        using var folder = new BackendFolder();
        folder.Options.MaxMemoryMebibytes = 1000;
        await using var pool = folder.Pool(_time);
        await UseAsync(pool, folder, "a", "memory-mib:400");
        await UseAsync(pool, folder, "b", "memory-mib:400");
        await UseAsync(pool, folder, "a", "memory-mib:400");

        // How large it is shows when it is loaded; afterwards it is known before.
        await UseAsync(pool, folder, "c", "memory-mib:400");
        Assert.Equal(["a", "c"], Loaded(pool, "a", "b", "c"));
        await UseAsync(pool, folder, "b", "memory-mib:400");

        Assert.Equal(["b", "c"], Loaded(pool, "a", "b", "c"));
    }

    [Fact]
    public async Task Acquire_OfAModelLargerThanTheMemory_ServesItAlone()
    {
        using var folder = new BackendFolder();
        folder.Options.MaxMemoryMebibytes = 1000;
        await using var pool = folder.Pool(_time);
        await UseAsync(pool, folder, "a", "memory-mib:400");

        await UseAsync(pool, folder, "large", "memory-mib:4000");

        Assert.Equal(["large"], Loaded(pool, "a", "large"));
    }

    [Fact]
    public async Task Acquire_WhoseFileIsTooLargeBesideOneInUse_WaitsUntilItIsNot()
    {
        using var folder = new BackendFolder();
        folder.Options.MaxMemoryMebibytes = 1;
        await using var pool = folder.Pool(_time);
        var model = folder.Model("b");
        await File.WriteAllBytesAsync(model.ModelFile, new byte[2 << 20]);
        var lease = await pool.AcquireAsync(folder.Model("a"), TestTimeout.Token);
        var waiting = pool.AcquireAsync(model, TestTimeout.Token);
        Assert.False(waiting.IsCompleted);

        lease.Dispose();

        using var second = await waiting;
        Assert.Equal(["b"], Loaded(pool, "a", "b"));
    }

    [Fact]
    public async Task UnloadIdle_KeepsWhatIsLeasedAndWhatWasJustUsed()
    {
        using var folder = new BackendFolder();
        await using var pool = folder.Pool(_time);
        using var lease = await pool.AcquireAsync(folder.Model("leased"), TestTimeout.Token);
        await UseAsync(pool, folder, "unused");
        _time.Advance(folder.Options.IdleTimeout);
        await UseAsync(pool, folder, "used");

        await pool.UnloadIdleAsync();

        Assert.Equal(["leased", "used"], Loaded(pool, "leased", "unused", "used"));
        Assert.Equal("OK", (await lease.Client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task Unload_OfAModelInUse_IsRefused()
    {
        using var folder = new BackendFolder();
        await using var pool = folder.Pool(_time);
        var lease = await pool.AcquireAsync(folder.Model("a"), TestTimeout.Token);

        Assert.False(await pool.UnloadAsync("a"));
        lease.Dispose();
        Assert.True(await pool.UnloadAsync("a"));
        Assert.False(await pool.UnloadAsync("a"));
        await folder.WaitForProcessesAsync(0);
    }

    [Fact]
    public async Task Restart_OfALeaseWhoseProcessDied_GivesTheNextProcess()
    {
        using var folder = new BackendFolder();
        await using var pool = folder.Pool();
        using var lease = await pool.AcquireAsync(folder.Model("a"), TestTimeout.Token);
        ProcessSignal.Kill(folder.Backend());

        await lease.RestartAsync(TestTimeout.Token);

        Assert.Equal("OK", (await lease.Client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
        Assert.Equal(1, pool.StateOf("a").Restarts);
    }

    private async Task UseAsync(BackendPool pool, BackendFolder folder, string model, params string[] options)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        using var lease = await pool.AcquireAsync(folder.Model(model, options), TestTimeout.Token);
    }

    private static IEnumerable<string> Loaded(BackendPool pool, params string[] models) => models.Where(model => pool.StateOf(model).Loaded);
}
