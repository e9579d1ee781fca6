using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Settings;
using LocalAI.Pipeline.Workers.Text;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddTextPool(builder.Configuration);
builder.Services.AddPipelineBus(builder.Configuration);

var app = builder.Build();
app.MapGet("/healthz", () => Results.Ok());
app.MapGet("/readyz", (BusHealth bus) => bus.Check() is { IsReady: false, Reason: var reason } ? Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Ok());
return await app.RunCheckedAsync();
