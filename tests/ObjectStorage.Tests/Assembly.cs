using LocalAI.Pipeline.Testing.S3;

[assembly: AssemblyFixture(typeof(S3Lifetime))]
