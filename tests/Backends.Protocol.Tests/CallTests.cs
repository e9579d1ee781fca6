using System.Reflection;
using LocalAI.Pipeline.Backends.Protocol.Tests.Harness;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class CallTests
{
    public static TheoryData<string> Calls => [.. BackendReflection.Descriptor.Services[0].Methods.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_NotOverridden_AnswersUnimplementedWithItsName(string call)
    {
        await using var connected = await Connected.StartAsync(new EmptyService());
        var failure = await Assert.ThrowsAsync<BackendCallException>(() => InvokeAsync(connected.Client, call));
        Assert.Equal(GrpcStatus.Unimplemented, failure.Status);
        Assert.EndsWith($" {call}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_Overridden_ReachesItsMethodWithItsRequest(string call)
    {
        var service = new EveryCallService();
        await using var connected = await Connected.StartAsync(service);
        var answer = await InvokeAsync(connected.Client, call);
        Assert.Equal(MethodOf(typeof(BackendService), call).Name, service.Last);
        Assert.NotNull(answer);
    }

    /// <summary>Calls by name; a stream gives its last message.</summary>
    private static async Task<object?> InvokeAsync(BackendClient client, string call)
    {
        var method = MethodOf(typeof(BackendClient), call);
        var arguments = method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? TestTimeout.Token
            : parameter.ParameterType == typeof(TimeSpan?) ? null
            : Activator.CreateInstance(parameter.ParameterType));
        var result = method.Invoke(client, [.. arguments]);
        if (result is Task task)
        {
            await task;
            return task.GetType().GetProperty("Result")!.GetValue(task);
        }

        object? last = null;
        await foreach (var message in (IAsyncEnumerable<object>)result!)
        {
            last = message;
        }

        return last;
    }

    private static MethodInfo MethodOf(Type type, string call) =>
        type.GetMethods().Single(method => string.Equals(method.Name, call + "Async", StringComparison.OrdinalIgnoreCase));

    private sealed class EmptyService : BackendService;
}
