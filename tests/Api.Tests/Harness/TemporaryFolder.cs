namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>A folder of one test alone.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("api-test-").FullName;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
