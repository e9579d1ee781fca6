using System.Globalization;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Hosting;

public sealed class A_backend_process : IDisposable
{
    private readonly SocketFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Terminated_EndsItsCallsAndItselfWell()
    {
        await using var backend = await ChildProgram.ServeAsync(_folder.Address);
        await using var client = new BackendClient(_folder.Address, BackendClientOptions.OwnBackend);
        await using var stream = client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.File("s")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        backend.Signal(ChildProgram.Terminate);
        Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync())).Status);
        Assert.Equal(0, await backend.ExitCodeAsync());
        Assert.False(File.Exists(_folder.File("s")));
    }

    [Fact]
    public async Task Interrupted_EndsWell_WithoutAParentThatDecides()
    {
        await using var backend = await ChildProgram.ServeAsync(_folder.Address);
        backend.Signal(ChildProgram.Interrupt);
        Assert.Equal(0, await backend.ExitCodeAsync());
    }

    [Fact]
    public async Task Interrupted_GoesOn_WhenItsParentDecides()
    {
        await using var backend = await ChildProgram.ServeAsync(_folder.Address, "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        backend.Signal(ChildProgram.Interrupt);
        await using var client = new BackendClient(_folder.Address);
        Assert.Equal("OK", (await client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
        backend.Signal(ChildProgram.Terminate);
        Assert.Equal(0, await backend.ExitCodeAsync());
    }

    [Fact]
    public async Task Killed_InMidStream_IsUnavailableAndItsSuccessorTakesTheSocket()
    {
        await using var client = new BackendClient(_folder.Address, BackendClientOptions.OwnBackend);
        await using (var backend = await ChildProgram.ServeAsync(_folder.Address))
        {
            await using var stream = client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
            Assert.True(await stream.MoveNextAsync());
            backend.Signal(ChildProgram.Kill);
            Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync())).Status);
            await backend.ExitCodeAsync();
        }

        Assert.True(File.Exists(_folder.File("s")));
        Assert.Equal(GrpcStatus.Unavailable, (await Failing.Of(client.HealthAsync(TestTimeout.Token))).Status);
        await using var successor = await ChildProgram.ServeAsync(_folder.Address);
        Assert.Equal("OK", (await client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task Hanging_IsNoticedByThePings()
    {
        await using var backend = await ChildProgram.ServeAsync(_folder.Address);
        var impatient = BackendClientOptions.OwnBackend with { KeepAlivePingDelay = TimeSpan.FromSeconds(1), KeepAlivePingTimeout = TimeSpan.FromSeconds(5) };
        await using var client = new BackendClient(_folder.Address, impatient);
        await using var stream = client.PredictStreamAsync(new PredictOptions(), TestTimeout.Token).GetAsyncEnumerator(TestTimeout.Token);
        Assert.True(await stream.MoveNextAsync());
        backend.Signal(ChildProgram.Stop);
        Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<BackendCallException>(async () => await stream.MoveNextAsync())).Status);
        backend.Signal(ChildProgram.Continue);
    }

    [Fact]
    public async Task Starter_ThatEndsAsAThreadOnly_LeavesItAlive_AndDyingTakesItAlong()
    {
        await using var parent = ChildProgram.StartSelf(ChildProgram.StartAndLinger, "--addr", _folder.Address.ToString());
        Assert.Equal([ChildProgram.StarterEnded, $"Listening on {_folder.Address}"], new[] { await parent.ReadLineAsync(), await parent.ReadLineAsync() }.Order(StringComparer.Ordinal).Reverse());
        await using var client = new BackendClient(_folder.Address, BackendClientOptions.OwnBackend);
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal("OK", (await client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
        }

        parent.Signal(ChildProgram.Kill);
        await parent.EndOfOutputAsync();
        Assert.False(File.Exists(_folder.File("s")));
        Assert.Equal(GrpcStatus.Unavailable, (await Failing.Of(client.HealthAsync(TestTimeout.Token))).Status);
    }

    [Fact]
    public async Task Parent_ThatIsGoneAlready_EndsItAtOnce()
    {
        int gone;
        await using (var other = ChildProgram.Start("true"))
        {
            gone = other.Id;
            await other.ExitCodeAsync();
        }

        await using var backend = ChildProgram.StartSelf(ChildProgram.Serve, "--addr", _folder.Address.ToString(), "--parent", gone.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, await backend.ExitCodeAsync());
    }
}
