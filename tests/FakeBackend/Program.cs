using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.FakeBackend;

return await BackendServer.RunAsync(args, () => new FakeBackendService(), CancellationToken.None);
