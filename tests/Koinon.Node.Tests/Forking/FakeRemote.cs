using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Koinon.Node.Tests.Forking;

/// <summary>A remote node on the loopback that does what a test wants, however badly.</summary>
internal sealed class FakeRemote : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeRemote(WebApplication application) => _application = application;

    /// <summary>Answers a call: a JSON value, or an object of an error behind <c>!</c>.</summary>
    public Func<string, JsonElement, string> Answer { get; set; } = static (_, _) => "null";

    /// <summary>Comes before an exchange is answered; false where it answered itself.</summary>
    public Func<HttpContext, int, Task<bool>> Before { get; set; } = static (_, _) => Task.FromResult(true);

    /// <summary>Comes before a call is answered.</summary>
    public Func<string, CancellationToken, Task> Wait { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Whether batches are taken.</summary>
    public bool TakesBatches { get; set; } = true;

    /// <summary>Every call that was answered, with its parameters.</summary>
    public ConcurrentQueue<(string Method, string Parameters)> Calls { get; } = [];

    /// <summary>How many exchanges there were.</summary>
    public int Exchanges => _exchanges;

    /// <summary>Where it is.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private int _exchanges;

    public static async Task<FakeRemote> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        FakeRemote remote = new(builder.Build());
        remote._application.Run(remote.ServeAsync);
        await remote._application.StartAsync();
        return remote;
    }

    public int CountOf(string method) => Calls.Count(call => call.Method == method);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body);
        if (!await Before(context, Interlocked.Increment(ref _exchanges)))
        {
            return;
        }

        if (body.RootElement.ValueKind == JsonValueKind.Array && !TakesBatches)
        {
            await context.Response.WriteAsync(
                """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batches are not supported"}}""");
            return;
        }

        if (body.RootElement.ValueKind != JsonValueKind.Array)
        {
            await context.Response.WriteAsync(await AnswerAsync(body.RootElement, context.RequestAborted));
            return;
        }

        // The last first: the order of answers means nothing.
        List<string> answers = [];
        foreach (JsonElement request in body.RootElement.EnumerateArray().Reverse())
        {
            answers.Add(await AnswerAsync(request, context.RequestAborted));
        }

        await context.Response.WriteAsync("[" + string.Join(',', answers) + "]");
    }

    private async Task<string> AnswerAsync(JsonElement request, CancellationToken cancellation)
    {
        string method = request.GetProperty("method").GetString()!;
        JsonElement parameters = request.GetProperty("params");
        await Wait(method, cancellation);
        Calls.Enqueue((method, parameters.GetRawText()));
        string answer = Answer(method, parameters);
        string member = answer.StartsWith('!') ? $"\"error\":{answer[1..]}" : $"\"result\":{answer}";
        return $$"""{"jsonrpc":"2.0","id":{{request.GetProperty("id").GetRawText()}},{{member}}}""";
    }
}
