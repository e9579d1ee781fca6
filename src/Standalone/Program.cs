using LocalAI.Pipeline.Api;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Settings;
using LocalAI.Pipeline.Standalone;
using LocalAI.Pipeline.Workers.Text;

var builder = WebApplication.CreateBuilder(args);
builder.AddStandaloneDefaults();
builder.Services.AddApi(builder.Configuration);
builder.Services.AddTextPool(builder.Configuration);
builder.Services.AddPipelineBus(builder.Configuration);
builder.Services.AddHostedService<Welcome>();

var app = builder.Build();
app.MapApi();
return await app.RunCheckedAsync();
