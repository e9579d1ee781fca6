using LocalAI.Pipeline.Backends.Protocol.Hosting;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests.Hosting;

public sealed class BackendProgramTests
{
    [Theory]
    [InlineData("--addr is missing")]
    [InlineData("--addr", "--addr")]
    [InlineData("nowhere", "--addr", "nowhere")]
    [InlineData("'x' is not a process id", "--addr", "127.0.0.1:0", "--parent", "x")]
    [InlineData("--port is not", "--port", "80")]
    public async Task Run_WrongArguments_SaysWhichAndTheUsage(string expected, params string[] args)
    {
        var (code, _, errors) = await RunAsync(args, () => throw new InvalidOperationException("must not be made"));
        Assert.Equal(BackendProgram.WrongUsage, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Contains("Usage: ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_AddressInUse_SaysSo(bool overTcp)
    {
        using var folder = new SocketFolder();
        var service = new ReleasedService();
        await using var first = await BackendServer.StartAsync(overTcp ? BackendAddress.Parse("127.0.0.1:0") : folder.Address, new WaitingService(), cancellationToken: TestTimeout.Token);
        var (code, output, errors) = await RunAsync(["--addr", first.Address.ToString()], () => service);
        Assert.Equal((BackendProgram.Unavailable, ""), (code, output));
        Assert.Equal($"Cannot listen on {first.Address}: something else listens there already", errors.Trim());
        Assert.True(service.IsReleased);
        await using var client = new BackendClient(first.Address);
        Assert.Equal("OK", (await client.HealthAsync(TestTimeout.Token)).Message.ToStringUtf8());
    }

    [Fact]
    public async Task Run_FileAtTheSocketsPath_SaysSoAndKeepsIt()
    {
        using var folder = new SocketFolder();
        await File.WriteAllTextAsync(folder.File("s"), "precious", TestTimeout.Token);
        var (code, _, errors) = await RunAsync([$"--addr={folder.Address}"], () => new WaitingService());
        Assert.Equal(BackendProgram.Unavailable, code);
        Assert.Contains("there is a file", errors, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.File("s"), TestTimeout.Token));
    }

    [Fact]
    public async Task Run_FolderThatIsNotThere_SaysSo()
    {
        using var folder = new SocketFolder();
        var (code, _, errors) = await RunAsync(["--addr", $"unix:{folder.File("no/s")}"], () => new WaitingService());
        Assert.Equal(BackendProgram.Unavailable, code);
        Assert.StartsWith("Cannot listen on unix:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TokenCancelled_EndsWellAndReleasesTheService()
    {
        using var folder = new SocketFolder();
        var service = new ReleasedService();
        using var cancellation = new CancellationTokenSource();
        await using var output = new ListeningWriter();
        var running = BackendProgram.RunAsync(["--addr", folder.Address.ToString()], () => service, output, TextWriter.Null, cancellation.Token);
        Assert.Equal($"Listening on {folder.Address}", await output.FirstLine.OrTimeout("the line that says so"));
        Assert.True(File.Exists(folder.File("s")));
        await cancellation.CancelAsync();
        Assert.Equal(0, await running.OrTimeout("the end"));
        Assert.True(service.IsReleased);
        Assert.False(File.Exists(folder.File("s")));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args, Func<BackendService> create)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await BackendProgram.RunAsync(args, create, output, errors, TestTimeout.Token);
        return (code, output.ToString(), errors.ToString());
    }

    private sealed class ReleasedService : BackendService, IAsyncDisposable
    {
        public bool IsReleased { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsReleased = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class ListeningWriter : StringWriter
    {
        private readonly TaskCompletionSource<string?> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string?> FirstLine => _line.Task;

        public override Task WriteLineAsync(string? value)
        {
            _line.TrySetResult(value);
            return Task.CompletedTask;
        }
    }
}
