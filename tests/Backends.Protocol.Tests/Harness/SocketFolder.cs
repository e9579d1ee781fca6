namespace LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

/// <summary>A folder for socket files, with a path short enough for them, gone after the test.</summary>
internal sealed class SocketFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("lap-").FullName;

    public BackendAddress Address => BackendAddress.ForSocket(File("s"));

    public string File(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
