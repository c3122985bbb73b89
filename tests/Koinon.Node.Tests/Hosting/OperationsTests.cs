using System.Net;
using Koinon.Node.Hosting;
using Koinon.Node.Tests.Subscriptions;

namespace Koinon.Node.Tests.Hosting;

public sealed class OperationsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_OfAChain_NameHeadTransactionsPoolAndRequests()
    {
        await using WatchedChain chain = await WatchedChain.StartAsync();
        await chain.LogAsync(1);
        await chain.AskAsync("\"eth_blockNumber\"");
        await chain.PostAsync("\"eth_nonsense\"");
        using HttpClient client = new();
        string text = await client.GetStringAsync(new Uri(chain.Url, "metrics"), Cancellation);
        foreach (string line in (string[])
        [
            "koinon_chain_head_number 1", "ethereum_blockchain_height 1", "koinon_chain_blocks_imported_total 1",
            "koinon_evm_transactions_total{type=\"dynamic-fee\",status=\"succeeded\"} 1",
            "koinon_txpool_added_total 1",
            "koinon_txpool_size_bytes 0", "koinon_chain_block_gas_used_count 1",
            "koinon_chain_block_interval_seconds_count 1",
            "koinon_chain_blob_base_fee_wei 1", "dotnet_gc_collections_total{gc_heap_generation=\"gen0\"} ",
            "koinon_txpool_dropped_total{reason=\"included\"} 1", "koinon_txpool_transactions{state=\"pending\"} 0",
            "koinon_rpc_requests_total{method=\"eth_blockNumber\",code=\"0\"} 1",
            "koinon_rpc_requests_total{method=\"unknown\",code=\"-32601\"} 1",
            "koinon_rpc_request_duration_seconds_count{method=\"eth_blockNumber\"} 1", "koinon_rpc_connections ",
            "koinon_rpc_subscriptions 0", "koinon_build_info{version=\"", "process_resident_memory_bytes ",
            "process_cpu_seconds_total ",
        ])
        {
            Assert.Contains("\n" + line, text);
        }
    }

    [Fact]
    public async Task Health_OfAServerThatIsReady_SaysSo()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using HttpClient client = new();
        Assert.Equal("live\n", await client.GetStringAsync(new Uri(harness.Http, "health/live"), Cancellation));
        Assert.Equal("ready\n", await client.GetStringAsync(new Uri(harness.Http, "health/ready"), Cancellation));
    }

    [Fact]
    public async Task Health_AskedWithoutItsText_IsAnswered()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Head, new Uri(harness.Http, "health/live"));
        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Health_OfAServerThatIsNotReady_SaysWhy()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync(
            options: new RpcServerOptions { Unready = static () => "synchronising" });
        using HttpClient client = new();
        using HttpResponseMessage response = await client.GetAsync(new Uri(harness.Http, "health/ready"), Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("synchronising\n", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("Host", "chain.example", "--http-hosts chain.example")]
    [InlineData("Origin", "https://page.example", "--allow-origin https://page.example")]
    public async Task Request_OfAStranger_IsForbiddenWithTheOptionThatWouldAllowIt(
        string header, string value, string option)
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, harness.Http) { Content = new StringContent("{}") };
        request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(option, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Form_OfAPage_IsNotTaken()
    {
        await using ServerHarness harness = await ServerHarness.StartAsync();
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, harness.Http) { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "http://localhost:3000");
        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }
}
