global using LocalAI.Pipeline.Backends.Protocol.Messages;
global using LocalAI.Pipeline.Testing;
