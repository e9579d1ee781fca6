using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Service;
using LocalAI.Pipeline.Backends.Protocol;

LlamaLibrary.EnsureStarted();
return await BackendServer.RunAsync(args, () => new LlamaBackendService(TimeProvider.System));
