using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

return args switch
{
    [ChildProgram.Serve, .. var rest] => await BackendServer.RunAsync(rest, () => new WaitingService()),
    [ChildProgram.StartAndLinger, .. var rest] => await ChildProgram.StartAndLingerAsync(rest),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
