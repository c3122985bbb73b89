using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>One address of a remote node: sends calls and takes the answers apart.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class RemoteEndpoint
{
    // Traces nest two levels a call, and calls go 1,024 deep.
    private const int DepthMax = 4_096;

    private const int QuotedMax = 200;

    private readonly Uri _address;
    private readonly HttpClient _client;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly TimeProvider _time;
    private int _batchMax;

    /// <summary>An endpoint that nothing was asked of yet.</summary>
    public RemoteEndpoint(Uri address, HttpClient client, int batchMax, TimeProvider time)
    {
        _address = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        _client = client;
        _batchMax = batchMax;
        _time = time;
        _authorization = address.UserInfo.Length > 0
            ? new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))))
            : null;
        Given = address;
        Name = _address.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The address as it was given.</summary>
    public Uri Given { get; }

    /// <summary>What it is called in messages: without the path, in which providers' keys stand.</summary>
    public string Name { get; }

    /// <summary>Most calls of one batch; it falls where the node takes fewer.</summary>
    public int BatchMax => Volatile.Read(ref _batchMax);

    /// <summary>Sends calls in one exchange.</summary>
    /// <param name="calls">At most <see cref="BatchMax"/>.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What came of each.</returns>
    public async Task<RemoteAttempt[]> SendAsync(
        IReadOnlyList<RemoteCall> calls, TimeSpan timeout, CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = new(timeout, _time);
        using CancellationTokenSource both =
            CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _address) { Content = ContentOf(calls) };
            request.Headers.Authorization = _authorization;
            using HttpResponseMessage response = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(both.Token).ConfigureAwait(false);
            return Read(calls, response, body);
        }
        catch (OperationCanceledException)
            when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return All(calls, new RemoteFault($"{Name} did not answer within {timeout.TotalSeconds:0.###} s"));
        }
        catch (Exception reason) when (reason is HttpRequestException or IOException)
        {
            return All(calls, new RemoteFault($"{Name}: {Innermost(reason)}"));
        }
    }

    private static ByteArrayContent ContentOf(IReadOnlyList<RemoteCall> calls)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            if (calls.Count > 1)
            {
                json.WriteStartArray();
            }

            for (int i = 0; i < calls.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("jsonrpc"u8, "2.0"u8);
                json.WriteNumber("id"u8, i);
                json.WriteString("method"u8, calls[i].Method);
                json.WritePropertyName("params"u8);
                json.WriteRawValue(calls[i].Parameters.Span, skipInputValidation: true);
                json.WriteEndObject();
            }

            if (calls.Count > 1)
            {
                json.WriteEndArray();
            }
        }

        ByteArrayContent content = new(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private RemoteAttempt[] Read(IReadOnlyList<RemoteCall> calls, HttpResponseMessage response, byte[] body)
    {
        JsonDocument? document = Parse(body);
        if (document is null)
        {
            return ReadStatus(calls, response, body);
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            bool isAnswer = root.ValueKind == JsonValueKind.Array
                || (root.ValueKind == JsonValueKind.Object
                    && (root.TryGetProperty("result"u8, out _) || root.TryGetProperty("error"u8, out _)));
            if (!isAnswer)
            {
                return ReadStatus(calls, response, body);
            }

            TimeSpan? wait = WaitOf(response);
            return calls.Count == 1
                ? [ReadOne(root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root, wait)]
                : ReadMany(calls, root, wait);
        }
    }

    private RemoteAttempt[] ReadMany(IReadOnlyList<RemoteCall> calls, JsonElement root, TimeSpan? wait)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            // One object for a batch refuses all of it: too often, too many, or no batches at all.
            RemoteAttempt refusal = ReadOne(root, wait);
            return refusal.Fault is { IsRateLimit: true }
                ? All(calls, refusal.Fault)
                : Shrink(calls, refusal.Reply.Error?.Message ?? "one answer to a batch");
        }

        RemoteAttempt[] attempts = All(calls, new RemoteFault($"{Name} left a call of a batch unanswered"));
        foreach (JsonElement answer in root.EnumerateArray())
        {
            if (answer.ValueKind == JsonValueKind.Object
                && answer.TryGetProperty("id"u8, out JsonElement id)
                && id.ValueKind == JsonValueKind.Number
                && id.TryGetInt32(out int index)
                && index >= 0 && index < attempts.Length)
            {
                attempts[index] = ReadOne(answer, wait);
            }
        }

        return attempts;
    }

    private RemoteAttempt ReadOne(JsonElement answer, TimeSpan? wait)
    {
        if (answer.TryGetProperty("error"u8, out JsonElement error) && error.ValueKind == JsonValueKind.Object)
        {
            RpcError read = ReadError(error);
            return RemoteFault.Of(read) is { } fault
                ? new RemoteAttempt(
                    default, fault with { Reason = $"{Name}: {fault.Reason}", Wait = fault.Wait ?? wait })
                : new RemoteAttempt(read, null);
        }

        return answer.TryGetProperty("result"u8, out JsonElement result)
            ? new RemoteAttempt(new ReadOnlyMemory<byte>(RawOf(result)), null)
            : new RemoteAttempt(default, new RemoteFault($"{Name} answered with neither a result nor an error"));
    }

    private static RpcError ReadError(JsonElement error)
    {
        int code = error.TryGetProperty("code"u8, out JsonElement number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value)
                ? value
                : RpcErrorCode.Server;
        string message = error.TryGetProperty("message"u8, out JsonElement text)
            && text.ValueKind == JsonValueKind.String
                ? text.GetString()!
                : "error without a message";
        RpcError read = new(code, message);
        return error.TryGetProperty("data"u8, out JsonElement data) ? read with { JsonData = RawOf(data) } : read;
    }

    /// <summary>Reads an answer that is no JSON-RPC: the status of HTTP is all there is.</summary>
    private RemoteAttempt[] ReadStatus(IReadOnlyList<RemoteCall> calls, HttpResponseMessage response, byte[] body)
    {
        HttpStatusCode status = response.StatusCode;
        if (calls.Count > 1 && status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest)
        {
            return Shrink(calls, $"HTTP {(int)status}");
        }

        string quoted = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, QuotedMax))).Trim();
        string reason = $"{Name}: HTTP {(int)status} {status}{(quoted.Length > 0 ? ": " + quoted : "")}";
        bool passes = status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            || (int)status >= 500
            || response.IsSuccessStatusCode;
        return passes
            ? All(calls, new RemoteFault(reason, WaitOf(response), status == HttpStatusCode.TooManyRequests))
            : Array.ConvertAll(All(calls, null), _ => new RemoteAttempt(RpcError.Server("fork: " + reason), null));
    }

    private TimeSpan? WaitOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => RemoteFault.Bounded(seconds),
        { Date: { } date } => RemoteFault.Bounded(date - _time.GetUtcNow()),
        _ => null,
    };

    /// <summary>Makes later batches smaller; the calls of this one are sent again at once.</summary>
    private RemoteAttempt[] Shrink(IReadOnlyList<RemoteCall> calls, string reason)
    {
        int smaller = calls.Count > 8 ? calls.Count / 4 : 1;
        if (smaller < BatchMax)
        {
            Volatile.Write(ref _batchMax, smaller);
        }

        return All(
            calls, new RemoteFault($"{Name} takes no batch of {calls.Count}: {reason}", IsBatchSize: true));
    }

    private static RemoteAttempt[] All(IReadOnlyList<RemoteCall> calls, RemoteFault? fault)
    {
        RemoteAttempt[] attempts = new RemoteAttempt[calls.Count];
        Array.Fill(attempts, new RemoteAttempt(default, fault));
        return attempts;
    }

    private static byte[] RawOf(JsonElement element) => System.Runtime.InteropServices.JsonMarshal
        .GetRawUtf8Value(element).ToArray();

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Innermost(Exception reason)
    {
        while (reason.InnerException is { } inner)
        {
            reason = inner;
        }

        return reason.Message;
    }
}
