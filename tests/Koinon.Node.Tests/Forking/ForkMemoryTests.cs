using Koinon.Node.Development;
using Koinon.Node.Forking;

namespace Koinon.Node.Tests.Forking;

/// <summary>What is held of a remote state is bounded; what was forgotten comes again.</summary>
public sealed class ForkMemoryTests
{
    private const int Accounts = 200;

    [Fact]
    public void Map_ThatFillsUp_ForgetsWhatWasNotAskedFor()
    {
        ForgettingMap<int, int> map = new(bytesMax: 200, static _ => 10);

        for (int i = 0; i < 1000; i++)
        {
            map.Add(i, -i);
            Assert.True(map.TryGet(0, out int first));
            Assert.Equal(0, first);
        }

        Assert.True(map.Forgets);
        Assert.InRange(map.Count, 10, 22);
        Assert.False(map.TryGet(500, out _));
        Assert.True(map.TryGet(999, out int last));
        Assert.Equal(-999, last);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fork_WithLittleMemory_AsksAgainAndAnswersTheSame(bool isCached)
    {
        string cache = Directory.CreateTempSubdirectory("koinon-fork").FullName;
        try
        {
            await using ForkPair pair = await ForkPair.StartAsync();
            DevelopmentNode fork = await pair.ForkAsync(options => options with
            {
                BlockNumber = 3,
                MemoryBytesMax = 64 << 10,
                IsCached = isCached,
                CacheRoot = cache,
            });
            Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
            await ReadAllAsync(fork);
            int first = pair.Wire.Calls.Count;

            await ReadAllAsync(fork);

            // What was forgotten is on disk, or asked for again.
            Assert.Equal(isCached, first == pair.Wire.Calls.Count);
            Assert.Equal(ForkPair.Word(7), await pair.KeptAsync(fork));
            Assert.Equal(
                "0x64", (await ForkPair.AskAsync(fork, "eth_getBalance", ForkPair.Carol, "latest")).GetString());
            await pair.KeepAsync(fork, 11);
            await ReadAllAsync(fork);
            Assert.Equal(ForkPair.Word(11), await pair.KeptAsync(fork));
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static async Task ReadAllAsync(DevelopmentNode fork)
    {
        for (int i = 1; i <= Accounts; i++)
        {
            await ForkPair.AskAsync(fork, "eth_getBalance", $"0x{i + 0x10000:x40}", "latest");
        }
    }
}
