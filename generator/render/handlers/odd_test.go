package handlers_test

// An odd document and what its project is put to.
type odd struct {
	name, sketch string
	// walked says that the project's own tests of its handlers are run too.
	walked bool
}

var odds = []odd{
	{"aliases", `
		GET /posts?title?:Title,tags:Tags,limit:Count -> 200 Posts
		POST /posts Post -> 201 Post
		GET /posts/{id:Key} -> 200 Post
		PUT /posts/{id:Key} Post -> 200 Post
		PATCH /posts/{id:Key} PostPatch -> 200 Post
		DELETE /posts/{id:Key} -> 204
		GET /others?offset:Count,limit:Count -> 200 {posts:Posts,total:Count,offset?:Count}
		POST /others Other -> 201 Other
		GET /others/{key:Code} -> 200 Other
		PUT /others/{key:Code} Other -> 200 Other
		Key = uuid
		Code = string
		Title = <{"type":"string","maxLength":40}>
		Count = int
		When = time
		Score = number
		Flag = bool
		Tag = string
		Tags = [Tag]
		Labels = map(Title)
		Posts = [Post]
		Post = {id!:Key, title:Title, again?:Title, none:Title|null, count?:Count=3, tags:Tags, more?:Tags, labels:Labels, createdAt:When, updatedAt?:When, score?:Score=1.5, flag:Flag=true}
		PostPatch = {title?:string, again?:Title, none?:Title|null, count?:int, tags?:[string], more?:[Tag]|null, labels?:map(string), score?:number, flag?:Flag|null}
		Other = {key?:Code, title?:string, none?:string|null, count:int32, tags?:[string]|null, labels?:map(string)|null, createdAt?:When|null}
	`, true},
	{"enum-keys", `
		GET /regions -> 200 [Region]
		GET /regions/{region:RegionName} -> 200 Region
		PUT /regions/{region:RegionName} Region -> 200 Region / 201 Region
		DELETE /regions/{region:RegionName} -> 204
		GET /levels -> 200 [Level]
		POST /levels Level -> 201 Level
		GET /levels/{level:LevelNumber} -> 200 Level
		PUT /levels/{level:LevelNumber} LevelBody -> 200 Level
		GET /plans/{name} -> 200 Plan
		POST /plans Plan -> 201 Plan
		RegionName = enum(eu,us)
		LevelNumber = <{"type":"integer","enum":[1,2,3]}>
		Region = {region:RegionName, label?:string}
		Level = {level:LevelNumber, label?:string, kind:enum(a,b), other?:enum(a,b)="b"}
		LevelBody = {label?:string, kind?:enum(a,b), other?:enum(a,b)}
		Plan = {name:enum(free,paid), level:LevelNumber=2, size?:LevelNumber}
	`, true},
	{"number-keys", `
		GET /small -> 200 [Small]
		POST /small Small -> 201 Small
		GET /small/{id:int32} -> 200 Small
		PUT /small/{id:int32} Small -> 200 Small
		GET /mixed -> 200 [Mixed]
		POST /mixed MixedBody -> 201 Mixed
		GET /mixed/{id} -> 200 Mixed
		PATCH /mixed/{id} MixedBody -> 200 Mixed
		DELETE /mixed/{id} -> 204
		GET /crossed -> 200 [Crossed]
		POST /crossed MixedBody -> 201 Crossed
		GET /crossed/{id:int} -> 200 Crossed
		PATCH /crossed/{id:int} MixedBody -> 200 Crossed
		GET /floats -> 200 [Float]
		POST /floats MixedBody -> 201 Float
		GET /floats/{id:number} -> 200 Float
		GET /unkeyed -> 200 [Unkeyed]
		POST /unkeyed Unkeyed -> 201 Unkeyed
		GET /unkeyed/{unkeyedId:int64} -> 200 Unkeyed
		Small = {id!:int32, title, created:int32, rank?:int32}
		Mixed = {id:int, title?:string}
		MixedBody = {title?:string}
		Crossed = {id:string, title?:string}
		Float = {id:number, title?:string}
		Unkeyed = {title?:string}
	`, true},
	{"uuid-keys", `
		GET /plain -> 200 [Plain]
		POST /plain Body -> 201 Plain
		GET /plain/{id} -> 200 Plain
		GET /typed -> 200 [Typed]
		POST /typed Body -> 201 Typed
		GET /typed/{id:uuid} -> 200 Typed
		PUT /typed/{id:uuid} Typed -> 200 Typed
		GET /loose -> 200 [Loose]
		POST /loose Body -> 201 Loose
		GET /loose/{id:uuid} -> 200 Loose
		GET /own -> 200 [Own]
		POST /own Own -> 201 Own
		GET /own/{uuid} -> 200 Own
		Body = {title}
		Plain = {id:uuid, title}
		Typed = {id?:uuid, title}
		Loose = {id, title}
		Own = {uuid:uuid, title}
	`, true},
	{"three-deep", `
		GET /orgs -> 200 [Org]
		POST /orgs OrgBody -> 201 Org
		GET /orgs/{id:int} -> 200 Org
		DELETE /orgs/{id:int} -> 204
		GET /orgs/{org:int}/teams -> 200 [Team]
		POST /orgs/{orgId:int}/teams TeamBody -> 201 Team
		GET /orgs/{organisation:int}/teams/{name} -> 200 Team
		PATCH /orgs/{org_id:int}/teams/{team} TeamBody -> 200 Team
		GET /orgs/{org:int}/teams/{team}/members -> 200 [Member]
		POST /orgs/{org_id:int}/teams/{team_slug}/members MemberBody -> 201 Member
		GET /orgs/{a:int}/teams/{b}/members/{memberId:uuid} -> 200 Member
		PUT /orgs/{x:int}/teams/{y}/members/{z:uuid} MemberBody -> 200 Member
		DELETE /orgs/{x:int}/teams/{y}/members/{z:uuid} -> 204
		Org = {id:int, name}
		OrgBody = {name}
		Team = {name, about?:string, orgId?:int}
		TeamBody = {name, about?:string}
		Member = {id:uuid, role:enum(admin,guest), team?:string, team_slug?:string}
		MemberBody = {role?:enum(admin,guest)="guest"}
	`, true},
	{"optional-bodies", `
		GET /notes -> 200 [Note]
		POST /notes ?Note -> 201 Note
		GET /notes/{id:int} -> 200 Note
		PUT /notes/{id:int} ?Note -> 200 Note
		PATCH /notes/{id:int} ?NotePatch -> 200 Note
		POST /wrapped ?{data?:Note} -> 201 {data?:Note}
		GET /wrapped/{id:int} -> 200 {data?:Note}
		PATCH /wrapped/{id:int} ?{data?:NotePatch|null} -> 200 {data:Note|null}
		Note = {id!:int, text?:string, createdAt!:time}
		NotePatch = {text?:string|null}
	`, true},
	{"media-types", `
		GET /files -> 200 [File]
		POST /files File & application/x-www-form-urlencoded Form -> 201 File
		GET /files/{id:int} -> 200 File & text/plain string
		PUT /files/{id:int} File & multipart/form-data {title,content:file} -> 200 File
		PATCH /files/{id:int} application/merge-patch+json FilePatch -> 200 File
		POST /files/{id:int}/content application/octet-stream file -> 204
		GET /vendors -> 200 application/vnd.acme.v2+json [Vendor]
		POST /vendors application/vnd.acme.v2+json Vendor -> 201 application/vnd.acme.v2+json Vendor
		GET /vendors/{id} -> 200 */* Vendor
		PUT /vendors/{id} */* Vendor -> 200 Vendor
		GET /forms -> 200 [Form]
		POST /forms application/x-www-form-urlencoded Form -> 201 Form
		GET /forms/{id} -> 200 Form
		POST /forms/{id} application/x-www-form-urlencoded Form -> 200 Form
		GET /both -> 200 [Both]
		POST /both Both & application/vnd.x+json Vendor -> 201 Both & application/vnd.x+json Vendor
		GET /both/{id} -> 200 Both
		POST /textual text/plain string -> 201 Both
		File = {id!:int, title}
		FilePatch = {title?:string}
		Form = {id?:string, title, tags?:[string]}
		Vendor = {id, title}
		Both = {id!:string, title}
	`, true},
	{"headers", `
		GET /jobs?page:int,per_page:int -> 200 [Job] +X-Total-Count!:int,Link!
		POST /jobs Job -> 201 Job +Location!,ETag!,X-Rate-Limit!:int32,X-Ok!:bool,X-Odd:number
		GET /jobs/{id:int} -> 200 Job +ETag!,X-Rate-Limit:int32
		PUT /jobs/{id:int} Job -> 200 Job +X-A! / 201 Job +Location!
		DELETE /jobs/{id:int} -> 204 +X-Gone!:bool
		Job = {id!:int, title}
	`, true},
	{"nullable-keys", `
		GET /a -> 200 [A]
		POST /a A -> 201 A
		GET /a/{id} -> 200 A
		PUT /a/{id} A -> 200 A
		GET /b -> 200 [B]
		POST /b B -> 201 B
		GET /b/{id:int} -> 200 B
		PATCH /b/{id:int} B -> 200 B
		PUT /c/{id} C -> 200 C
		GET /c/{id} -> 200 C
		POST /d D -> 201 D
		GET /d/{slug} -> 200 D
		POST /e E -> 201 E
		GET /e/{slug} -> 200 E
		A = {id?:string|null, title?:string}
		B = {id:int64|null, title?:string}
		C = {id?:string|null, title?:string|null}
		D = {slug?:string|null, title?:string}
		E = {slug?:string, title?:string|null="none"}
	`, true},
	{"go-names", `
		GET /time -> 200 [Thing]
		POST /time Thing -> 201 Thing
		GET /time/{id} -> 200 Thing
		PUT /time/{id} Thing -> 200 Thing
		GET /urls?limit:int,offset:int -> 200 [Url]
		POST /urls Url -> 201 Url
		GET /urls/{url} -> 200 Url
		GET /types -> 200 [Type]
		POST /types Type -> 201 Type
		GET /types/{type} -> 200 Type
		PATCH /types/{type} Type -> 200 Type
		GET /stores -> 200 [Store]
		POST /stores Store -> 201 Store
		GET /stores/{store:int} -> 200 Store
		GET /apis -> 200 [API]
		POST /apis API -> 201 API
		GET /apis/{api:int} -> 200 API
		GET /orders?sort:enum(id,price),limit:int,cursor -> 200 {orders:[Order],next?:string}
		POST /orders Order -> 201 Order
		GET /orders/{order:int} -> 200 Order
		PATCH /orders/{order:int} Order -> 200 Order
		GET /strings -> 200 [String]
		POST /strings String -> 201 String
		GET /strings/{string} -> 200 String
		GET /handlers -> 200 [Handlers]
		POST /handlers Handlers -> 201 Handlers
		GET /handlers/{id} -> 200 Handlers
		GET /contexts -> 200 [Context]
		POST /contexts Context -> 201 Context
		GET /contexts/{ctx} -> 200 Context
		GET /rows -> 200 [Row]
		POST /rows Row -> 201 Row
		GET /rows/{row} -> 200 Row
		DELETE /rows/{row} -> 200 Row
		GET /errors -> 200 [Error]
		POST /errors Error -> 201 Error
		GET /errors/{err} -> 200 Error
		GET /keys -> 200 [Key]
		POST /keys Key -> 201 Key
		GET /keys/{key} -> 200 Key
		PUT /keys/{key} Key -> 200 Key
		GET /schema -> 200 [Schema]
		POST /schema Schema -> 201 Schema
		GET /schema/{id} -> 200 Schema
		GET /len -> 200 [Len]
		POST /len Len -> 201 Len
		GET /len/{len} -> 200 Len
		GET /now -> 200 [Now]
		POST /now Now -> 201 Now
		GET /now/{now} -> 200 Now
		GET /select -> 200 [Now]
		GET /tables -> 200 [Thing]
		GET /groups -> 200 [Group]
		POST /groups Group -> 201 Group
		GET /groups/{from} -> 200 Group
		GET /123s -> 200 [Number]
		POST /123s Number -> 201 Number
		GET /123s/{id} -> 200 Number
		GET /été -> 200 [Summer]
		POST /été Summer -> 201 Summer
		GET /été/{id} -> 200 Summer
		GET /_ -> 200 [Number]
		Thing = {id!:string, createdAt!:time, url!:uri}
		Url = {url!:string, href?:string}
		Type = {type!:string, types?:[Type]}
		Store = {store!:int}
		API = {api!:int, createdAt!:time}
		Order = {id!:int, order!:int, price?:number, items?:[Order]}
		String = {string!:string, strings?:[string]}
		Handlers = {id!:string}
		Context = {ctx!:string, context?:string}
		Row = {row!:string, secrets?:string}
		Error = {err!:string, error?:Error}
		Key = {key!:string, created:time}
		Schema = {id!:string}
		Len = {len!:string}
		Now = {now!:string, createdAt:time}
		Group = {from!:string, to?:string}
		Number = {id!:string, 1:int=1}
		Summer = {id!:string, naïveté?:string}
	`, true},
	{"go-properties", `
		GET /odd?type?,func?,range:int,"a-b"?:string -> 200 [Odd]
		POST /odd Odd -> 201 Odd
		GET /odd/{func} -> 200 Odd
		PUT /odd/{func} Odd -> 200 Odd
		PATCH /odd/{func} OddPatch -> 200 Odd
		Odd = {func!:string, type, range?:int, select?:bool=true, interface:[string], map:map(int), string?:string, error?:string|null, len:int=3, now?:time, req?:string, ctx:any, key?:any, "a-b"?:string="x\"y", "@id":uuid, "$ref2"?:int, 123?:number=0.5, nil:number|null, new:object, body?:{body?:string}, "a b":string, Get:string, Set?:string, "x.y"?:byte, "x\\y"?:string}
		OddPatch = {type?:string, range?:int, select?:bool, interface?:[string], map?:map(int), string?:string, error?:string|null, len?:int, now?:time|null, req?:string, ctx?:any, key?:any, nil?:number|null, new?:object, body?:{body?:string}, Get?:string|null, Set?:string|null, "x.y"?:byte}
	`, true},
	{"empty-objects", `
		GET /blobs -> 200 [Empty]
		POST /blobs Empty -> 201 Empty
		GET /blobs/{id} -> 200 Empty
		PUT /blobs/{id} Empty -> 200 Empty
		DELETE /blobs/{id} -> 200 Empty
		GET /config -> 200 Empty
		PUT /config Empty -> 200 Empty
		PATCH /config Empty -> 200 Empty
		GET /pings -> 200 [Ping]
		POST /pings {} -> 201 Ping
		GET /pings/{id:int} -> 200 Ping
		POST /pings/{id:int} {} -> 200 Ping
		Empty = {}
		Ping = {id:int, at:time, empty:Empty, none?:Empty|null}
	`, true},
	{"scalars", `
		GET /flags/{name} -> 200 bool
		PUT /flags/{name} bool -> 200 bool
		DELETE /flags/{name} -> 204
		GET /words/{word} -> 200 string
		PUT /words/{word} string -> 200 string
		GET /levels/{id} -> 200 LevelName
		PUT /levels/{id} LevelName -> 204
		GET /moments/{id} -> 200 time
		PUT /moments/{id} time -> 200 time
		GET /numbers/{id} -> 200 {data:number}
		PUT /numbers/{id} number -> 200 number
		GET /counter -> 200 int
		PUT /counter int -> 200 int
		GET /lists/{id} -> 200 [string]
		PUT /lists/{id} [string] -> 200 [string]
		LevelName = enum(low,high)
	`, true},
	{"maps-and-any", `
		GET /labels/{id} -> 200 map(string)
		PUT /labels/{id} map(string) -> 200 map(string)
		PATCH /labels/{id} map(string) -> 200 map(string)
		GET /docs -> 200 [Doc]
		POST /docs Doc -> 201 Doc
		GET /docs/{id} -> 200 Doc
		PUT /docs/{id} Doc -> 200 Doc / 201 Doc
		GET /raw/{id} -> 200 any
		PUT /raw/{id} any -> 200 any
		GET /trees/{id} -> 200 Tree
		PUT /trees/{id} Tree -> 200 Tree
		PATCH /trees/{id} Tree -> 200 Tree
		GET /open -> 200 [Open]
		POST /open Open -> 201 Open
		GET /open/{id} -> 200 Open
		PUT /open/{id} Open -> 200 Open
		Doc = any
		Tree = map(map(number))
		Open = <{"type":"object","required":["id"],"properties":{"id":{"type":"string","readOnly":true},"name":{"type":"string"}},"additionalProperties":{"type":"integer"}}>
	`, true},
	{"unions", `
		GET /shapes -> 200 [Shape]
		POST /shapes Shape -> 201 Shape
		GET /shapes/{id} -> 200 Shape
		PUT /shapes/{id} Shape -> 200 Shape
		PATCH /shapes/{id} Shape -> 200 Shape
		GET /loose -> 200 {data:[Loose]}
		POST /loose LooseBody -> 201 Loose
		GET /loose/{id:int} -> 200 Loose
		DELETE /loose/{id:int} -> 200 Loose
		GET /holders -> 200 [Holder]
		POST /holders HolderBody -> 201 Holder
		GET /holders/{id:int} -> 200 Holder
		PATCH /holders/{id:int} HolderBody -> 200 Holder
		Circle = {kind:enum(circle,disc), radius:number}
		Square = {kind:enum(square,rect), side:number}
		Shape = <{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}],"discriminator":{"propertyName":"kind","mapping":{"circle":"#/components/schemas/Circle","square":"#/components/schemas/Square"}}}>
		Loose = anyOf(Circle,Square)
		LooseBody = oneOf(Circle,Square)
		Holder = {id!:int, shape:Shape, other?:oneOf(string,int), third:oneOf(Circle,string), nulled:Loose|null}
		HolderBody = {shape:Shape, other?:oneOf(string,int), third?:oneOf(Circle,string), nulled?:Loose|null}
	`, true},
	{"puts", `
		GET /a/{id} -> 200 A
		PUT /a/{id} A -> 201 A / 200 A
		GET /b/{id} -> 200 B
		PUT /b/{id} B -> 201 B / 204
		GET /c/{id} -> 200 C
		PUT /c/{id} C -> 201
		GET /d/{id} -> 200 D
		PUT /d/{id} D -> 204
		DELETE /d/{id} -> 200 D
		GET /e/{id:int} -> 200 E
		PUT /e E -> 200 E
		POST /e E -> 201 E
		GET /f/{name} -> 200 F
		PUT /f F -> 200 {}
		GET /g/{id} -> 200 G
		POST /g/{id} G -> 200 G
		PUT /g/{id} G -> 200 {ok:bool,data:G} / 201 {data?:G}
		GET /settings -> 200 Settings
		PUT /settings Settings -> 200 Settings
		PATCH /settings Settings -> 200 Settings
		DELETE /settings -> 204
		A = {id, title?:string, created_at!:time, updated_at?:time}
		B = {id?:string, title, createdAt?:time|null, updatedAt:time|null}
		C = {title, createdAt!:int64, updatedAt!:int}
		D = {title, tags:[string], url!:uri}
		E = {id:int, title}
		F = {name, title?:string}
		G = {id!:string, title}
		Settings = {theme:enum(light,dark)="light", size:int, updatedAt!:time}
	`, true},
	{"memberships", `
		GET /stars/{id} -> 204 / 404
		PUT /stars/{id} -> 204
		DELETE /stars/{id} -> 204
		GET /gists -> 200 [Gist]
		POST /gists GistBody -> 201 Gist
		GET /gists/{gist:int} -> 200 Gist
		PUT /gists/{gist:int}/fans/{user:uuid} -> 204
		DELETE /gists/{gist:int}/fans/{user:uuid} -> 200
		GET /gists/{gist:int}/fans/{user:uuid} -> 204
		PUT /gists/{gist:int}/pin -> 204
		DELETE /gists/{gist:int}/pin -> 204
		Gist = {id:int, text}
		GistBody = {text}
	`, true},
	{"secrets", `
		POST /login {email,password} -> 200 {token} @
		DELETE /login -> 204
		GET /users -> 200 [User]
		POST /users UserBody -> 201 User
		GET /users/{id:int} -> 200 User
		PUT /users/{id:int} UserBody -> 200 User
		PATCH /users/{id:int} UserPatch -> 200 User
		GET /hooks -> 200 [Hook]
		POST /hooks HookBody -> 201 Hook
		GET /hooks/{id} -> 200 Hook
		PATCH /hooks/{id} HookPatch -> 200 Hook
		PUT /hooks/{id} HookBody -> 200 Hook
		User = {id:int, email:email, name?:string}
		UserBody = {email:email, password~:string, pin?~:string, name?:string}
		UserPatch = {email?:email, password?~:string, pin?~:string|null, name?:string|null}
		Hook = {id!:string, url:uri, password?~:string, token?~:Token|null, code?~:enum(a,b), number?~:int}
		HookBody = {url:uri, secret~:string, password?~:string, token?~:Token|null, code?~:enum(a,b), data?~:string, number?~:int}
		HookPatch = {url?:uri, secret?~:string, token?~:Token, code?~:enum(a,b)|null}
		Token = string
	`, true},
	{"lists", `
		GET /items?name,color?:Color,colors?:[Color],price:number,min_price:number,price_max?:int,created_after?:time,created_before?:time,day_from?:date,active:bool,tag?,tags?:[string],owner_id?:uuid,size:int32,q?,near?,page:int32=1,per_page:int64=30,sort:enum(name,-name,price)="name",order:enum(asc,desc)="asc" -> 200 {data:[Item],total?:int64,page:int32,per_page?:int,hasMore:bool|null,kind:enum(list),extra:string|null,links:map(string)}
		POST /items Item -> 201 Item
		GET /items/{id:int} -> 200 Item
		GET /cursors?after?:string,first:int,orderBy?,direction? -> 200 {result:{entries?:[Cursor]|null,nextCursor:string|null},meta:{}}
		POST /cursors Cursor -> 201 Cursor
		GET /cursors/{id} -> 200 Cursor
		GET /bare?cursor?:string,limit?:int=5 -> 200 [Bare] +X-Total-Count:int
		POST /bare Bare -> 201 Bare
		GET /bare/{id} -> 200 Bare
		GET /paged?page?:int=0,size?:int=2 -> 200 {content:[BareSummary],totalElements:number,page?:int}
		POST /paged Bare -> 201 Bare
		GET /paged/{id} -> 200 Paged
		GET /everything?must!:string -> 200 [Item]
		GET /items/search?q?,name? -> 200 [Item]
		GET /recent?limit?:int -> 200 {items:[Item]|null,count?:int}
		Color = enum(red,green)
		Item = {id!:int, name, color?:Color, colors:[Color], price:number, createdAt!:time, day?:date, active:bool=true, tags:[string], ownerId?:uuid, size?:int32|null}
		Cursor = {id!:string, name, at?:time, n:int|null}
		Bare = {id!:string, name}
		BareSummary = {id:string}
		Paged = {id!:string, name, again?:string}
	`, true},
	{"projections", `
		GET /tickets -> 200 [TicketSummary]
		POST /tickets TicketBody -> 201 {id:int}
		GET /tickets/{id:int} -> 200 Ticket
		PUT /tickets/{id:int} TicketBody -> 200 {success:bool,message:string}
		PATCH /tickets/{id:int} TicketBody -> 200 {data?:TicketSummary}
		DELETE /tickets/{id:int} -> 200 {deleted:bool,id:int}
		GET /articles -> 200 {articles:[Article],articlesCount:int}
		POST /articles {article:ArticleBody} -> 201 {article:Article}
		GET /articles/{slug} -> 200 {article:Article}
		PUT /articles/{slug} {article:ArticleBody} -> 200 {article?:Article|null,meta:{a:int}}
		GET /keyless -> 200 [{id:int,title}]
		POST /keyless {title} -> 201 {id:int,title,self:uri}
		GET /keyless/{keylessId:int} -> 200 {title,note?:string|null}
		Ticket = {id:int, title, state:enum(open,done), author:{name}, due:date|null, url:uri, html_url:uri, number:int, labels:[string], created_at:time}
		TicketSummary = {id:int64, title, state:enum(open,done), due?:date, labels?:[string]|null, author?:{name?:string}, priority:int, created_at?:time, kind:enum(ticket)}
		TicketBody = {title, due?:date|null, labels?:[string]}
		Article = {slug!:string, title, body?:string, createdAt:time, updatedAt:time, author:any}
		ArticleBody = {title?:string, body?:string|null}
	`, true},
	{"clocks", `
		GET /clocks -> 200 [Clock]
		POST /clocks {title?:string} -> 201 Clock
		GET /clocks/{id:int} -> 200 Clock
		PATCH /clocks/{id:int} {title?:string,modified?:time} -> 200 Clock
		PUT /dials/{id} {title?:string} -> 200 Dial
		GET /dials/{id} -> 200 Dial
		Moment = time
		Epoch = <{"type":"integer","format":"int64"}>
		Clock = {id:int, title?:string, created:Moment, createdAt:int, created_on?:int64|null, creationTime?:time, dateCreated:number, updated:time|null, updatedAt?:Moment, updated_time?:Epoch, modified:Moment, last_modified?:number|null}
		Dial = {id, title?:string, created:Moment, createdAt:int, created_on?:int64|null, creationTime?:time, dateCreated:number, created_time?:Moment|null, updated:time|null, updatedAt?:Moment, updated_time?:Epoch, last_modified?:number|null}
	`, true},
	{"defaults", `
		GET /d -> 200 [D]
		POST /d DBody -> 201 D
		GET /d/{id:int} -> 200 D
		PUT /d/{id:int} DBody -> 200 D
		PATCH /d/{id:int} DBody -> 200 D
		Kind = enum(a,b)
		Code = <{"type":"integer","enum":[1,2]}>
		D = {id!:int, a:string="x", b?:string="x", c:string|null="x", d:int64=7, e?:int32|null=7, f:number=1, g?:number=1.25, h:bool=true, i?:bool|null=false, j:Kind="b", k?:Kind="b", l:Kind|null="b", m:[string]=["a"], n?:[Kind]=[], o:map(int)={"a":1}, p:time="2020-01-02T03:04:05Z", q?:date="2020-01-02", r:uuid="0191e0c4-5f0a-7000-8000-000000000001", s:{x?:int}={"x":1}, t:any={"y":[1]}, u:byte="YQ==", v:Code=2, w:enum(only), x?:time|null="2020-01-02T03:04:05Z", y:string|null=null}
		DBody = {a?:string="x", b?:string="x", c?:string|null="x", d?:int64=7, e?:int32|null=7, f?:number=1, g?:number=1.25, h?:bool=true, i?:bool|null=false, j?:Kind="b", k?:Kind="b", l?:Kind|null="b", m?:[string]=["a"], n?:[Kind]=[], o?:map(int)={"a":1}, p?:time="2020-01-02T03:04:05Z", q?:date="2020-01-02", r?:uuid="0191e0c4-5f0a-7000-8000-000000000001", s?:{x?:int}={"x":1}, t:any={"y":[1]}, u?:byte="YQ==", v?:Code=2, w?:enum(only), x?:time|null="2020-01-02T03:04:05Z", y?:string|null=null}
	`, true},
	{"differing-types", `
		GET /x -> 200 [X]
		POST /x XBody -> 201 X
		GET /x/{id:int} -> 200 X
		PUT /x/{id:int} XBody -> 200 X
		PATCH /x/{id:int} XPatch -> 200 X
		X = {id!:int, a:int64, b?:int32, c:number, d:string, e:time, f?:date, g:uuid, h:[string], i:{n:int}, j?:{n:int}, k:{n:int}|null, l:Kind, m?:Kind, n:Kind|null, o:map(string), p:bool, q:[{n:int}], r?:X, s:[Kind]}
		XBody = {a?:int, b:number, c?:int|null, d?:Kind, e:string, f?:string|null, g?:string, h?:[Kind], i?:{n?:int}, j:{n?:int}|null, k?:{n:int}, l:string, m?:string, n?:enum(a,b), o?:map(int), p?:string, q?:[{n?:int}]|null, r?:{id:int}|null, s?:[string]}
		XPatch = {a?:number|null, b?:int, c?:number, d?:Kind|null, e?:time|null, f?:date|null, g?:uuid|null, h?:[string]|null, i?:{n?:int}|null, j?:{n?:int}, k?:{n?:int}|null, l?:Kind|null, m?:Kind|null, n?:Kind, o?:map(string)|null, p?:bool|null, q?:[{n?:int}], r?:X|null, s?:[Kind]|null}
		Kind = enum(a,b)
	`, false},
	{"statuses", `
		GET /s -> 2XX [S]
		POST /s S -> default S
		GET /s/{id:int} -> default S
		PUT /s/{id:int} S -> 2XX S
		PATCH /s/{id:int} S -> 203 S
		DELETE /s/{id:int} -> 2XX
		POST /t T -> 200 T / 201 T / default {code:int}
		GET /t/{id} -> 200 T / 404
		DELETE /t/{id} -> 202 / 204
		POST /u U -> 201
		GET /u/{id} -> 200 U
		DELETE /u/{id} -> 202
		S = {id!:int, title}
		T = {id!:string, title}
		U = {id!:string, title}
	`, true},
	{"refused", `
		GET /r?at?:time,any?:any,list?:[int],obj?:{a?:int},n:int,must!:string -> 200 [R]
		POST /r?dry_run?:bool R -> 201 R
		GET /r/{id}?expand?:[string],fields?,at?:time,map?:map(string) -> 200 R
		PUT /r/{id}?force?:bool=false R -> 200 R
		PATCH /r/{id}?mode?:enum(a,b)="a" R -> 200 R
		DELETE /r/{id}?why!:string -> 204
		R = {id!:string, title}
	`, true},
}
